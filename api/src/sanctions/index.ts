export { heldAmong, heldOn, UNDER_REVIEW, underReview, whyBarred, whyHeld } from './held.ts';
export { type FoundMatch, holdMatches, lockEntries, screen, type ToScreen } from './screen.ts';
