import { Extensions } from 'type-graphql';

/** A field of long text counts for so many others: what an operation may answer at most is bounded by their sum. A hundred letters or so are one. */
export const Weighs = (fields: number) => Extensions({ weight: fields }) as MethodDecorator & PropertyDecorator;

/** Of a whole document, up to 200,000 letters. */
export const WHOLE_TEXT = 2_000;
/** Of news, a terms document or the like, some 20,000 letters. */
export const LONG_TEXT = 200;
/** Of a few paragraphs, up to 5,000 letters. */
export const PARAGRAPHS = 50;
/** What reads, decodes and checks a megabyte before it answers. */
export const MEGABYTE_READ = 10_000;
/** Of something that was written to somebody, up to 4,000 letters, in a thread that may be long. */
export const MESSAGE = 200;

export function weightOf(extensions: Readonly<Record<string, unknown>> | undefined): number {
  return (extensions?.['weight'] as number | undefined) ?? 1;
}
