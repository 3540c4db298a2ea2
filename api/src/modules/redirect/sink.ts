import type { ClickInput } from '@tributary/shared/facts';
import type { Followed, Recorded, Told } from '../../intake/index.ts';

/** A click as a redirect saw it. */
export interface SeenClick {
  readonly programId: string;
  readonly organizationId: string;
  readonly input: ClickInput;
  /** By the program's clock. */
  readonly now: number;
  /** Of a visitor who was not here before. */
  readonly isFirst: boolean;
  /** Its program goes by the wall clock. */
  readonly isLive: boolean;
  readonly through: Followed;
}

/**
 * `recorded`: it is a fact, and `destination` is where its visitor goes. `spooled`: it lies on our disk and becomes a fact later.
 * `lost`: neither could be done.
 */
export type Kept = { readonly state: 'recorded'; readonly destination: string | null } | { readonly state: 'spooled' | 'lost' };

/** Where clicks go before their visitors are answered. What is answered but `lost` outlives a crash of any process. */
export interface ClickSink {
  keep(click: SeenClick): Promise<Kept>;
}

export interface ClickStore {
  tell(program: { id: string; organizationId: string }, told: readonly Told[]): Promise<Recorded[]>;
}

/** Nobody is kept waiting longer for a database. */
const PATIENCE_MS = 1_000;
/** After it failed it is left alone for so long. */
const REST_MS = 500;

export const TOLD_BY = 'redirect';

export interface DatabaseSinkOptions {
  readonly store: ClickStore;
  /** For what the database did not take. */
  readonly otherwise: ClickSink;
  readonly onTrouble: (error: Error) => void;
}

/** Clicks become facts as all others: in groups, each group one transaction. Those that the database does not take in time go elsewhere. */
export class DatabaseSink implements ClickSink {
  private readonly options: DatabaseSinkOptions;
  private restsUntil = 0;
  private isAway = false;

  constructor(options: DatabaseSinkOptions) {
    this.options = options;
  }

  async keep(click: SeenClick): Promise<Kept> {
    const { otherwise, onTrouble } = this.options;
    if (performance.now() < this.restsUntil) return otherwise.keep(click);
    let recorded: Recorded;
    try {
      recorded = await this.tell(click);
    } catch (error) {
      this.restsUntil = performance.now() + REST_MS;
      // Once for each time that it is away, not for each visitor.
      if (!this.isAway) onTrouble(error as Error);
      this.isAway = true;
      return otherwise.keep(click);
    }
    this.isAway = false;
    if (recorded.ok) return { state: 'recorded', destination: recorded.destination ?? null };
    onTrouble(new Error(`A click was turned away: ${recorded.refusal.message}`));
    return { state: 'lost' };
  }

  private tell({ programId, organizationId, input, now, isFirst, through }: SeenClick): Promise<Recorded> {
    const told = { fact: { kind: 'click' as const, input, isFirst, through }, now, by: TOLD_BY };
    return inTime(this.options.store.tell({ id: programId, organizationId }, [told]).then(([recorded]) => recorded as Recorded));
  }
}

/** Whatever the database is asked for while a visitor waits; fails when it takes too long. */
export function inTime<T>(asked: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The database does not answer')), PATIENCE_MS);
    asked.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
