export { type Compared, compareTerms } from './compare.ts';
export { hashOf } from './hash.ts';
export { prepare } from './prepare.ts';
export { nearestProduct } from './products.ts';
export * from './programTerms.ts';
export { recordFacts } from './record.ts';
export { drainRevisits, type KnownSince, queueOrders, queueOrdersPlaced } from './revisit.ts';
export { type Fact, type Followed, type Recorded, type Told, WITHHELD } from './types.ts';
