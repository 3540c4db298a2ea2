export * from './approximate.ts';
export * from './attribute.ts';
export * from './decide.ts';
export { attributionRules, isAboutAttribution } from './derivation.ts';
export * from './explain.ts';
export * from './types.ts';
