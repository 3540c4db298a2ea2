/** A value read from a document that may have errors: whatever did not fit is missing. */
export type Draft<T> = T extends string | number | boolean
  ? T
  : T extends readonly (infer Item)[]
    ? (Draft<Item> | undefined)[]
    : T extends object
      ? { [K in keyof T]?: Draft<T[K]> }
      : T;
