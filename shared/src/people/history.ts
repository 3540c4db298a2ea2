/** Something decided about an enrollment, from an instant on. In the order of deciding. */
export interface HistoryEvent {
  kind: 'status' | 'class' | 'quality-factor' | 'permission' | 'document' | 'terms' | 'breach' | 'source-breach';
  value: string;
  /** What it is about: the channel of a permission, the address of a traffic source that was marked, the version of a document. */
  subject: string | null;
  holdsFrom: number;
}

/** The value of a kind that held at an instant: of all from before or at it the last decided. Undefined where none did yet. */
export function valueAt(
  history: readonly HistoryEvent[],
  kind: HistoryEvent['kind'],
  at: number,
  subject?: (subject: string) => boolean,
): string | undefined {
  let found: HistoryEvent | undefined;
  for (const event of history) {
    if (event.kind !== kind || event.holdsFrom > at || (subject !== undefined && !subject(event.subject ?? ''))) continue;
    if (found === undefined || event.holdsFrom >= found.holdsFrom) found = event;
  }
  return found?.value;
}

/** The first value of a kind, for what lies before it. */
export function firstValue(history: readonly HistoryEvent[], kind: HistoryEvent['kind']): string | undefined {
  return history.find((event) => event.kind === kind)?.value;
}

/** Addresses of the traffic sources that staff had marked as breaches by an instant. */
export function markedSourcesAt(history: readonly HistoryEvent[], at: number): string[] {
  return history.flatMap(({ kind, subject, holdsFrom }) =>
    kind === 'source-breach' && subject !== null && holdsFrom <= at ? [subject] : [],
  );
}
