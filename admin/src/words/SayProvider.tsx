import type { ReactNode } from 'react';
import { SayContext, useMadeSay } from './words.ts';

/** Has all that is below it speak the reader's language. */
export function SayProvider({ children }: { readonly children: ReactNode }) {
  return <SayContext value={useMadeSay()}>{children}</SayContext>;
}
