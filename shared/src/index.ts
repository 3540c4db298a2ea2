export * from './compliance/index.ts';
export * from './decide/index.ts';
export * from './facts/index.ts';
export * from './ledger/index.ts';
export * from './money/index.ts';
export * from './people/index.ts';
export * from './terms/index.ts';
export * from './time/index.ts';
