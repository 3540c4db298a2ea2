/** Among the statuses of the filter: those that staff may decide now. */
export const TO_DECIDE = 'TO_DECIDE';

/** With what the list opens, and where the tile of the dashboard leads. */
export const WAITING = { status: TO_DECIDE } as const;
