import type { Outcome } from './play.ts';
import { shortPath } from './read.ts';

type Print = (line: string) => void;

/** One line per file in the order in which they were named, however they come in. */
export class Report {
  passed = 0;
  failed = 0;
  private readonly waiting = new Map<number, Outcome>();
  private next = 0;
  private readonly print: Print;

  constructor(print: Print) {
    this.print = print;
  }

  add(index: number, outcome: Outcome): void {
    this.waiting.set(index, outcome);
    for (let found = this.waiting.get(this.next); found; found = this.waiting.get(this.next)) {
      this.waiting.delete(this.next);
      this.next += 1;
      this.show(found);
    }
  }

  private show({ file, seconds, failure }: Outcome): void {
    const took = `(${seconds.toFixed(1)} s)`;
    if (failure.length === 0) {
      this.passed += 1;
      this.print(`passed  ${shortPath(file)} ${took}`);
      return;
    }
    this.failed += 1;
    this.print(`FAILED  ${shortPath(file)} ${took}`);
    for (const line of failure) this.print(`        ${line}`);
  }

  /** The last line, alone. */
  summary(): string {
    return `${this.passed} passed, ${this.failed} failed`;
  }
}
