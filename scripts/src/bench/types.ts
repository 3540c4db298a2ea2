import type { Summary } from './stats.ts';

/** What a run of the bench was asked for. */
export interface Settings {
  readonly quick: boolean;
  /** Interleaved pairs of each measure. */
  readonly pairs: number;
  readonly profile: boolean;
  /** Of those that intake/programs.yaml has; none: all of them. */
  readonly programs: readonly string[];
  /** Orders in the large database of `growth`; a tenth of the clicks in that of `stored`; products of a `feed`. */
  readonly rows: number;
  say(line: string): void;
}

export type Goal = { readonly atLeast: number; readonly by?: 'median' | 'lower bound' } | { readonly atMost: number };

/** One line of the table. */
export interface Measure {
  readonly name: string;
  /** Absolute figures. */
  readonly ours: string;
  readonly against: string;
  /** Over the pairs of the run. */
  readonly ratio?: Summary;
  readonly goal?: Goal;
}

export interface Bench {
  readonly name: string;
  readonly about: string;
  run(settings: Settings): Promise<Measure[]>;
}
