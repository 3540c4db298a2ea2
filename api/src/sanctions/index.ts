export { heldOn, UNDER_REVIEW, whyHeld } from './held.ts';
export { screen, type ToScreen } from './screen.ts';
