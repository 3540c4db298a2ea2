export * from './assemble.ts';
export * from './content.ts';
export * from './decisionFacts.ts';
export * from './fields.ts';
export * from './fold.ts';
export * from './ids.ts';
export * from './normalise.ts';
