export type Paths<Field extends string> = Readonly<Record<Field, readonly string[]>>;

/** Where fields stand, put together once and not for each fact. */
export function pathsOf<Field extends string>(fields: readonly Field[], ...before: string[]): Paths<Field> {
  return Object.fromEntries(fields.map((field) => [field, [...before, field]])) as unknown as Paths<Field>;
}
