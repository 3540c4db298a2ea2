export { type AdTrace, adTraceOf } from './ad.ts';
export { codeShape, isCode, whyReserved, wordInCode } from './code.ts';
export { destinationWith, type Landing, landingOf } from './destination.ts';
export { fillMacros, MACROS, unknownMacros } from './macros.ts';
export * from './performance.ts';
export { PLACEHOLDERS, promote, unknownPlaceholders } from './promotion.ts';
export { fetchDestOf, isPrefetch } from './request.ts';
export { searchTerms, searchWords } from './search.ts';
export { LINK_USES, type LinkUse, type LinkVariant, variantOf } from './variant.ts';
