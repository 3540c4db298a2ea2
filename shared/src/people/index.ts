export * from './classes.ts';
export * from './documents.ts';
export * from './history.ts';
export * from './measures.ts';
export * from './onboarding.ts';
export * from './programStatus.ts';
export * from './requests.ts';
export * from './sales.ts';
