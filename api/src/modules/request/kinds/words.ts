import type { KindOfRequest, Told } from './kind.ts';

/** Nothing but words follows from these: staff do what they say, and say it. */
function inWords(needed: readonly Told[], forActive: boolean): KindOfRequest {
  const [told] = needed;
  return {
    needed,
    taken: [],
    forActive,
    isSingle: false,
    ...(told === undefined
      ? {}
      : { read: (input, read) => ({ subject: read.text(input[told] as string | null, [told], 200) ?? null, details: null }) }),
  };
}

export const creative = inWords([], true);
export const sample = inWords(['product'], true);
/** Whoever is out may still be wronged. */
export const orderFact = inWords(['order'], false);
export const other = inWords([], false);
