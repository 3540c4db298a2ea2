export { type AdTrace, adTraceOf } from './ad.ts';
export { destinationWith, isCode, type Landing, landingOf } from './destination.ts';
export { fillMacros, MACROS, unknownMacros } from './macros.ts';
export * from './performance.ts';
export { fetchDestOf, isPrefetch } from './request.ts';
