import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { TypedDocumentNode } from '@urql/core';
import { useCallback } from 'react';
import { useDataProvider, useLogoutIfAccessDenied } from 'react-admin';
import { type ActPayload, act } from '../acts/act.ts';
import type { BackOffice } from './dataProvider.ts';

interface AskOptions {
  readonly enabled?: boolean;
  /** Shows the last answer until the next has come. */
  readonly keep?: boolean;
  /** Asks again after so many milliseconds, for as long as it is shown. */
  readonly every?: number;
}

/** Reads what is no record of a list: asked anew when something was done, and when one comes back to it. */
export function useAsked<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  { enabled = true, keep = false, every }: AskOptions = {},
): UseQueryResult<Data> {
  const provider = useDataProvider<BackOffice>();
  const name = document.definitions.map((definition) => ('name' in definition ? definition.name?.value : '')).join();
  return useQuery({
    queryKey: ['asked', name, variables],
    queryFn: () => provider.ask(document, variables),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}

/** Does what a document with one mutation says. */
export function useAct() {
  const provider = useDataProvider<BackOffice>();
  const signOutIfOver = useLogoutIfAccessDenied();
  return useCallback(
    async <Data extends Record<string, ActPayload>, Input>(document: TypedDocumentNode<Data, { input: Input }>, input: Input) => {
      try {
        return await act(provider.ask, document, input);
      } catch (error) {
        // The session has ended: after the sign-in one is back here, with what was written.
        await signOutIfOver(error);
        throw error;
      }
    },
    [provider, signOutIfOver],
  );
}
