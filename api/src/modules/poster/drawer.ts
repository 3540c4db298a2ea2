import { Worker } from 'node:worker_threads';
import { rateLimited } from '../../platform/graphql/errors.ts';
import type { Drawing } from './draw.ts';

const MOST_WAITING = 50;
const MOST_WAITING_EACH = 4;
const AGAIN_SECONDS = 2;

interface Job {
  readonly drawing: Drawing;
  readonly by: string;
  done(file: Buffer): void;
  failed(error: Error): void;
}

/** Draws in a thread of its own, one after the other: laying out and packing takes a processor for so long that nobody else would be answered. */
export class Drawer {
  /** The first is being drawn. */
  private readonly waiting: Job[] = [];
  private worker: Worker | undefined;

  /** `by`: who asks; whoever has asked for much already is asked to come again. */
  draw(drawing: Drawing, by: string): Promise<Buffer> {
    if (this.waiting.length >= MOST_WAITING || this.waiting.filter((job) => job.by === by).length >= MOST_WAITING_EACH)
      throw rateLimited(AGAIN_SECONDS);
    return new Promise((done, failed) => {
      this.waiting.push({ drawing, by, done, failed });
      if (this.waiting.length === 1) this.next();
    });
  }

  private next(): void {
    const [job] = this.waiting;
    if (job !== undefined) this.thread().postMessage(job.drawing);
    // Nothing waits for a thread that has nothing to do.
    else this.worker?.unref();
  }

  private thread(): Worker {
    if (this.worker === undefined) {
      const worker = newThread();
      this.worker = worker;
      worker.on('message', ({ file, failure }: { file?: Uint8Array; failure?: string }) => {
        const job = this.waiting.shift();
        if (file === undefined) job?.failed(new Error(failure));
        else job?.done(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
        this.next();
      });
      worker.on('error', (error) => this.lost(worker, error));
      worker.on('exit', () => this.lost(worker, new Error('The thread that draws has ended')));
    }
    this.worker.ref();
    return this.worker;
  }

  /** Another thread draws what waits behind. */
  private lost(worker: Worker, error: Error): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    this.waiting.shift()?.failed(error);
    this.next();
  }
}

/** Node before 22.18 reads no types by itself, and a loader of the main thread does not reach into others. */
function newThread(): Worker {
  const file = new URL('./drawer.worker.ts', import.meta.url);
  if (process.features.typescript) return new Worker(file);
  const loader = import.meta.resolve('tsx/esm/api');
  const begin = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}); })`;
  return new Worker(begin, { eval: true });
}
