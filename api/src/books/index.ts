export * from './due.ts';
export * from './expire.ts';
export * from './lots.ts';
export * from './outgoing.ts';
export * from './post.ts';
export * from './settle.ts';
