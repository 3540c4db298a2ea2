export { heldOn, UNDER_REVIEW, whyBarred, whyHeld } from './held.ts';
export { screen, type ToScreen } from './screen.ts';
