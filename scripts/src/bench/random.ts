/** Chance that is the same in every run: mulberry32. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!;
  }

  /** From 0 up to `count`, the first far more often: a tenth of them gets most of the work, as with people. */
  skewed(count: number): number {
    return Math.floor(count * this.next() ** 3);
  }

  /** Letters and digits as a browser's id has them. */
  word(length: number): string {
    let text = '';
    while (text.length < length) text += Math.floor(this.next() * 0x1_0000_0000).toString(36);
    return text.slice(0, length);
  }
}
