/** What of an organization decides its time. */
export interface ClockOwner {
  /** A sandbox's own clock; null: the wall clock. */
  readonly clock: Date | null;
}

/** Business time in milliseconds since 1970. The one place where the wall clock is read for it. */
export function businessNow(organization: ClockOwner): number {
  return organization.clock?.getTime() ?? Date.now();
}
