import { useGetIdentity } from 'react-admin';
import type { ProgramChoice } from './viewer.ts';

const NONE: readonly ProgramChoice[] = [];

/** All programs that one may see, for choices: known with who one is, so that no page asks for them. */
export function usePrograms(): readonly ProgramChoice[] {
  const { identity } = useGetIdentity();
  return (identity as { readonly programs?: readonly ProgramChoice[] } | undefined)?.programs ?? NONE;
}
