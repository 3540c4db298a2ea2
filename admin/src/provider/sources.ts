import { programs } from '../programs/source.ts';

/** Where the records of each resource come from. */
export const sources = { programs };
