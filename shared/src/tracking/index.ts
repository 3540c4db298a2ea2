export { type AdTrace, adTraceOf } from './ad.ts';
export { codeShape, isCode, isReachable, nameShape, reachedAs, whyReserved, wordInCode } from './code.ts';
export { destinationWith, type Landing, landingOf } from './destination.ts';
export { fillMacros, MACROS, unknownMacros } from './macros.ts';
export * from './performance.ts';
export { PLACEHOLDERS, promote, unknownPlaceholders } from './promotion.ts';
export { fetchDestOf, isPrefetch } from './request.ts';
export { type SearchEntries, type SearchTerm, searchEntries, searchTerms } from './search.ts';
export { LINK_USES, type LinkUse, type LinkVariant, variantOf } from './variant.ts';
