/** Whoever touched nothing for so long is not at work: what the page asks by itself then does not keep a session alive. */
const IDLE_MS = 60_000;
const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

let last = Date.now();
for (const input of INPUTS) globalThis.addEventListener?.(input, () => (last = Date.now()), { passive: true, capture: true });

export const isAtWork = (): boolean => Date.now() - last < IDLE_MS;
