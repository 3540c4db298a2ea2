export { heldOn, UNDER_REVIEW, whyBarred, whyHeld } from './held.ts';
export { type FoundMatch, holdMatches, lockEntries, screen, type ToScreen } from './screen.ts';
