import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { TypedDocumentNode } from '@urql/core';
import { useCallback } from 'react';
import { useDataProvider } from 'react-admin';
import { type ActPayload, act } from '../acts/act.ts';
import type { BackOffice } from './dataProvider.ts';

/** Reads what is no record of a list: asked anew when something was done, and when one comes back to it. */
export function useAsked<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { enabled = true }: { readonly enabled?: boolean } = {},
): UseQueryResult<Data> {
  const provider = useDataProvider<BackOffice>();
  const name = document.definitions.map((definition) => ('name' in definition ? definition.name?.value : '')).join();
  return useQuery({ queryKey: ['asked', name, variables], queryFn: () => provider.ask(document, variables), enabled });
}

/** Does what a document with one mutation says. */
export function useAct() {
  const provider = useDataProvider<BackOffice>();
  return useCallback(
    <Data extends Record<string, ActPayload>, Input>(document: TypedDocumentNode<Data, { input: Input }>, input: Input) =>
      act(provider.ask, document, input),
    [provider],
  );
}
