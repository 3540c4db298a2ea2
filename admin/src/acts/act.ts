import type { TypedDocumentNode } from '@urql/core';
import type { Ask } from '../api/client.ts';

/** Why an act was turned away, as the API says it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

/** What every act answers. */
export interface ActPayload {
  readonly userErrors: readonly Refusal[];
  /** It waits for a second person. */
  readonly approval?: { readonly id: string } | null;
}

/** An act that was turned away: nothing of it is done. */
export class Refused extends Error {
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ message }) => message).join(' '));
    this.refusals = refusals;
  }
}

type ActDocument<Data, Input> = TypedDocumentNode<Data, { input: Input }>;

/** Does what a document with one mutation says. Rejects with Refused, or with an HttpError. */
export async function act<Data extends Record<string, ActPayload>, Input>(
  ask: Ask,
  document: ActDocument<Data, Input>,
  input: Input,
): Promise<Data[keyof Data]> {
  const [payload] = Object.values(await ask(document, { input })) as Data[keyof Data][];
  if (!payload) throw new Error('The document does nothing');
  if (payload.userErrors.length > 0) throw new Refused(payload.userErrors);
  return payload;
}

/** Names something once, so that the same try is never done twice. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
