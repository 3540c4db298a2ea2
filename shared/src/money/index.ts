export * from './decimal.ts';
export * from './split.ts';
