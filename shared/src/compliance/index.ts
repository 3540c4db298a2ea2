export * from './brand.ts';
export * from './hosts.ts';
