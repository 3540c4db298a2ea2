/** Why a scenario failed, for people. */
export interface Failure {
  /** Where: a step, or the file. */
  readonly where: string;
  /** Expected and found, or what went wrong, line by line. */
  readonly problems: readonly string[];
  /** Orders whose decision the reader will want to see explained. */
  readonly orders: readonly string[];
}

/** Thrown by whatever finds that a step did not go as the scenario tells. */
export class StepFailed extends Error {
  readonly problems: readonly string[];
  readonly orders: readonly string[];

  constructor(problems: readonly string[], orders: readonly string[] = []) {
    super(problems.join('\n'));
    this.problems = problems;
    this.orders = orders;
  }
}

/** As a reader of YAML would write it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  return JSON.stringify(value);
}
