/** Errors stand where the records would be, not in a note that goes away. */
export const saidInPlace = { onError: () => {} };
