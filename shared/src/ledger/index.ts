export * from './applyPostings.ts';
export * from './planOrder.ts';
export * from './settle.ts';
export * from './types.ts';
