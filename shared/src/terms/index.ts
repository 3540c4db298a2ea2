export * from './catalogue.ts';
export { countryCodes, currencyCodes, currencyExponent, isHost, isTimeZone } from './codes.ts';
export * from './compile.ts';
export { spanEnd } from './conditions.ts';
// compile.ts, for decisions, is exported here too.
export type * from './document.ts';
export { CLASS_MEASURES } from './document.ts';
export { type FactContext, type Fold, foldChannel } from './factReader.ts';
export type { Finding, FindingCode, ReadResult } from './finding.ts';
export { readTerms, validateTerms } from './read.ts';
export { type JsonSchema, termsJsonSchema } from './schema.ts';
export * from './words.ts';
