import type { ReadRow } from './kinds/kind.ts';

/** Rows of a file, and how much of it was read with them. */
export interface Batch {
  readonly rows: readonly ReadRow[];
  readonly bytesRead: number;
}

/**
 * Writes batches one after the other; while one is being written the next is read. Once one could not be written, none after it is.
 * `prepare` answers what writes a batch, and null when there is no more to be written.
 */
export class Writer {
  private readonly prepare: (batch: Batch) => Promise<(() => Promise<boolean>) | null>;
  private writing: Promise<boolean> = Promise.resolve(true);

  constructor(prepare: (batch: Batch) => Promise<(() => Promise<boolean>) | null>) {
    this.prepare = prepare;
  }

  /** As soon as the batch before it is written. False: that could not be. */
  async add(batch: Batch): Promise<boolean> {
    const write = await this.prepare(batch);
    if (!(await this.writing) || write === null) return false;
    this.writing = write();
    // Whoever waits for it hears of it.
    this.writing.catch(() => {});
    return true;
  }

  /** Was all written? */
  done(): Promise<boolean> {
    return this.writing;
  }

  /** Nothing is being written any more. */
  async settled(): Promise<void> {
    await this.writing.catch(() => {});
  }
}
