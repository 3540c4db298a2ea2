/** One caller's facts and the way to answer. */
interface Waiting<T, R> {
  items: readonly T[];
  resolve(results: R[]): void;
  reject(error: unknown): void;
}

export interface GathererOptions<T, R> {
  /** Does a batch in one transaction; answers one result per item, in order. */
  run(items: readonly T[]): Promise<R[]>;
  mostItems: number;
  mostInFlight: number;
  /** So many items must wait for a batch to begin beside one that is being written. */
  leastBeside: number;
}

/**
 * Group commit: while a batch is being written, what comes meanwhile waits and goes into the next one together. Only when much
 * waits does another begin beside it: two small ones would cost twice as much, and wait for each other's locks. Each caller is
 * answered after its own commit. A batch that fails as a whole is tried again in halves, so that one bad item fails alone.
 */
export class Gatherer<T, R> {
  private readonly queue: Waiting<T, R>[] = [];
  private waiting = 0;
  private inFlight = 0;
  private readonly options: GathererOptions<T, R>;

  constructor(options: GathererOptions<T, R>) {
    this.options = options;
  }

  get isIdle(): boolean {
    return this.inFlight === 0 && this.queue.length === 0;
  }

  add(items: readonly T[]): Promise<R[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ items, resolve, reject });
      this.waiting += items.length;
      // A turn of the loop lets calls that arrived together go together.
      if (this.mayBegin) setImmediate(() => this.flush());
    });
  }

  private get mayBegin(): boolean {
    const { mostInFlight, leastBeside } = this.options;
    return this.queue.length > 0 && this.inFlight < mostInFlight && (this.inFlight === 0 || this.waiting >= leastBeside);
  }

  private flush(): void {
    if (!this.mayBegin) return;
    const group: Waiting<T, R>[] = [];
    let count = 0;
    while (this.queue[0] !== undefined && (count === 0 || count + this.queue[0].items.length <= this.options.mostItems)) {
      const next = this.queue.shift() as Waiting<T, R>;
      group.push(next);
      count += next.items.length;
    }
    this.waiting -= count;
    this.inFlight++;
    void this.runGroup(group).finally(() => {
      this.inFlight--;
      this.flush();
    });
  }

  private async runGroup(group: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.options.run(group.flatMap((waiting) => waiting.items));
      let start = 0;
      for (const waiting of group) {
        waiting.resolve(results.slice(start, start + waiting.items.length));
        start += waiting.items.length;
      }
    } catch (error) {
      if (group.length === 1) {
        group[0]?.reject(error);
        return;
      }
      const half = group.length >> 1;
      await this.runGroup(group.slice(0, half));
      await this.runGroup(group.slice(half));
    }
  }
}
