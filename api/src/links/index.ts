export { claimCode } from './codes.ts';
export { insertLink } from './insert.ts';
export { givePersonalLink } from './personal.ts';
