import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { type FileHandle, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { processState } from '../../platform/processes.ts';
import type { ClickSink, Kept, SeenClick } from './sink.ts';

/** `<process>-<number>.jsonl`, a click on each line. */
const FILE = /^(\d+)-(\d+)\.jsonl$/;

interface Waiting {
  readonly line: string;
  resolve(kept: Kept): void;
}

export interface SpoolStanding {
  /** Of clicks that are to become facts. */
  readonly waitingBytes: number;
  /** Clicks that could not be kept, since the start. */
  readonly lost: number;
}

export interface SpoolOptions {
  readonly folder: string;
  /** More than so many bytes are not kept. */
  readonly mostBytes: number;
  readonly onTrouble: (error: Error) => void;
}

/**
 * Clicks on disk, for the time in which the database is away. Those that come while a group is being written wait and go into the next one
 * together; each is answered when it is on the disk.
 */
export class Spool implements ClickSink {
  private readonly options: SpoolOptions;
  private readonly queue: Waiting[] = [];
  private file: { handle: FileHandle; name: string } | undefined;
  private writing: Promise<void> | undefined;
  private bytes = 0;
  private number = 0;
  private lost = 0;

  constructor(options: SpoolOptions) {
    this.options = options;
    for (const name of this.names()) this.bytes += statSync(join(options.folder, name)).size;
  }

  get standing(): SpoolStanding {
    return { waitingBytes: this.bytes, lost: this.lost };
  }

  keep(click: SeenClick): Promise<Kept> {
    const line = `${JSON.stringify(click)}\n`;
    if (this.bytes + line.length > this.options.mostBytes) {
      this.lost++;
      return Promise.resolve({ state: 'lost' });
    }
    this.bytes += line.length;
    return new Promise((resolve) => {
      this.queue.push({ line, resolve });
      this.writing ??= this.writeAll();
    });
  }

  private async writeAll(): Promise<void> {
    while (this.queue.length > 0) {
      const group = this.queue.splice(0);
      let kept: Kept = { state: 'spooled' };
      try {
        this.file ??= await this.begin();
        await this.file.handle.appendFile(group.map(({ line }) => line).join(''));
        await this.file.handle.datasync();
      } catch (error) {
        this.options.onTrouble(error as Error);
        this.lost += group.length;
        kept = { state: 'lost' };
      }
      for (const { resolve } of group) resolve(kept);
    }
    // In the same turn in which the queue was found empty: whoever comes next begins anew.
    this.writing = undefined;
  }

  private async begin(): Promise<{ handle: FileHandle; name: string }> {
    const { folder } = this.options;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const name = `${process.pid}-${Date.now() * 1000 + (this.number++ % 1000)}.jsonl`;
    const handle = await open(join(folder, name), 'ax', 0o600);
    // The file's name must be on the disk as well as what is in it.
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
    return { handle, name };
  }

  /**
   * Hands over what lies here, file by file: of this process, and of those that have ended. A file goes when all of it was taken; after a
   * crash in between it is handed over again.
   */
  async deliver(take: (clicks: readonly SeenClick[]) => Promise<void>): Promise<void> {
    for (const name of this.names()) {
      const [, pid] = FILE.exec(name)!;
      const isOurs = Number(pid) === process.pid;
      if (!isOurs && processState(Number(pid)) === 'alive') continue;
      await this.leave(name);
      const path = join(this.options.folder, name);
      const text = await readFile(path, 'utf8');
      await take(clicksOf(text, (line) => this.options.onTrouble(new Error(`A spooled click cannot be read: ${line.slice(0, 80)}`))));
      await unlink(path);
      this.bytes -= Buffer.byteLength(text);
    }
  }

  /** What comes from now on goes into another file. */
  private async leave(name: string): Promise<void> {
    if (this.file?.name !== name) return;
    await this.writing;
    const { handle } = this.file;
    this.file = undefined;
    await handle.close();
  }

  async close(): Promise<void> {
    await this.writing;
    await this.file?.handle.close();
    this.file = undefined;
  }

  private names(): string[] {
    const { folder } = this.options;
    return existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => FILE.test(name))
          .sort()
      : [];
  }
}

/** A last line without an end was cut off by a crash, and answered to nobody. */
function clicksOf(text: string, onUnreadable: (line: string) => void): SeenClick[] {
  const lines = text.split('\n').slice(0, -1);
  return lines.flatMap((line) => {
    try {
      return [JSON.parse(line) as SeenClick];
    } catch {
      onUnreadable(line);
      return [];
    }
  });
}
