export * from './brand.ts';
export * from './cases.ts';
export * from './hosts.ts';
export * from './links.ts';
export * from './sanctions.ts';
export * from './sources.ts';
