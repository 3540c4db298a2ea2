import { Cron } from 'croner';
import type { EntityManager } from '../../platform/database/orm.ts';
import { newId } from '../../platform/ids.ts';
import type { OrganizationService } from '../sandbox/index.ts';
import { FORMATS, UnreadableFile } from './formats/index.ts';
import type { ImportSettings } from './import.entity.ts';
import type { ReadRow, RowKind, Taking } from './kinds/kind.ts';
import { mapRow, prepareRows } from './map.ts';
import { readParts } from './parts.ts';
import { type Claimed, claimImport, endImport, isHopeless, noteBatch, releaseImport, tidyImports } from './progress.ts';
import { Writer } from './writer.ts';

const EVERY_FIVE_SECONDS = '*/5 * * * * *';
const EVERY_HOUR = '23 * * * *';
/** Rows that belong together are parted after so many all the same. */
const MOST_TOGETHER = 1_000;

const NOT_OURS = { done: false, note: null };

export interface RunnerParts {
  readonly fork: () => EntityManager;
  readonly organizations: OrganizationService;
  readonly kinds: readonly RowKind[];
}

/**
 * Takes files in, row by row: one file of each kind at a time in this process, other processes take others. How far it came is written
 * down after each batch, so that whoever goes on after a crash goes on there; the batch in between is known already and changes nothing.
 */
export class ImportRunner {
  private readonly parts: RunnerParts;
  private readonly runner = newId();
  private readonly working = new Map<RowKind, Promise<void>>();
  private jobs: Cron[] = [];
  private stopping = false;
  private onFault: (error: Error) => void = () => {};

  constructor(parts: RunnerParts) {
    this.parts = parts;
  }

  start(onFault: (error: Error) => void): void {
    this.onFault = onFault;
    this.jobs = [
      new Cron(EVERY_FIVE_SECONDS, { protect: true, unref: true }, () => this.wake()),
      new Cron(EVERY_HOUR, { protect: true, unref: true }, () => tidyImports(this.parts.fork()).catch(onFault)),
    ];
    this.wake();
  }

  /** Looks for what waits, without anybody waiting for it. */
  wake(): void {
    if (this.jobs.length === 0 || this.stopping) return;
    for (const kind of this.parts.kinds) {
      if (this.working.has(kind)) continue;
      const work = this.work(kind)
        .catch(this.onFault)
        .finally(() => this.working.delete(kind));
      this.working.set(kind, work);
    }
  }

  /** After the batches that are being written. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const job of this.jobs) job.stop();
    await Promise.all(this.working.values());
  }

  private async work(kind: RowKind): Promise<void> {
    for (;;) {
      if (this.stopping) return;
      const claimed = await claimImport(this.parts.fork(), kind.kind, this.runner);
      if (claimed === undefined) return;
      await this.run(kind, claimed);
    }
  }

  private async run(kind: RowKind, claimed: Claimed): Promise<void> {
    const { fork } = this.parts;
    if (isHopeless(claimed)) {
      const failure = `The rows after row ${claimed.rowsRead} could not be taken in, however often it was tried.`;
      await endImport(fork(), claimed.id, { status: 'failed', failure, runner: this.runner });
      return;
    }
    try {
      const isOver = await this.takeAll(kind, claimed, claimed.settings as ImportSettings);
      if (isOver.done)
        await endImport(fork(), claimed.id, {
          status: isOver.note === null ? 'done' : 'failed',
          failure: isOver.note,
          runner: this.runner,
        });
      else if (this.stopping) await releaseImport(fork(), claimed.id, this.runner);
    } catch (error) {
      // Whatever else happened: it is tried again when the lease ends.
      if (!(error instanceof UnreadableFile)) throw error;
      await endImport(fork(), claimed.id, { status: 'failed', failure: error.message, runner: this.runner });
    }
  }

  /** Not done: it is no more ours to go on. `note`: what did not follow, and why. */
  private async takeAll(kind: RowKind, claimed: Claimed, settings: ImportSettings): Promise<{ done: boolean; note: string | null }> {
    const { fork } = this.parts;
    let bytesRead = 0;
    const file = readParts(fork, claimed.id, (bytes) => {
      bytesRead += bytes;
    });
    const { encoding, delimiter, columns, format } = settings;
    const rows = FORMATS[format]!.read(file, { encoding, delimiter, columns: columns.map(({ name }) => name) });
    const writer = new Writer(async (batch) => {
      if (this.stopping) return null;
      const take = await prepareRows(kind, batch.rows, await this.takingFor(claimed));
      return async () =>
        !this.stopping && noteBatch(fork(), claimed, this.runner, { rows: batch.rows, results: await take(), bytesRead: batch.bytesRead });
    });
    let skip = claimed.rowsRead;
    let batch: ReadRow[] = [];
    let unreadable: UnreadableFile | undefined;
    try {
      for await (const some of rows) {
        for (const row of some) {
          if (skip > 0) {
            skip--;
            continue;
          }
          const read = mapRow(settings, row);
          if (isFull(kind, batch, read)) {
            if (!(await writer.add({ rows: batch, bytesRead }))) return NOT_OURS;
            batch = [];
          }
          batch.push(read);
        }
      }
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      unreadable = error;
    } finally {
      await writer.settled();
    }
    if (batch.length > 0 && !(await writer.add({ rows: batch, bytesRead }))) return NOT_OURS;
    if (!(await writer.done())) return NOT_OURS;
    if (unreadable !== undefined) throw unreadable;
    const note = (await kind.finish?.(() => this.takingFor(claimed))) ?? null;
    return { done: true, note };
  }

  private async takingFor({ id, programId, organizationId, startedBy, name, settings }: Claimed): Promise<Taking> {
    const { fork, organizations } = this.parts;
    const now = await organizations.now({ em: fork() }, organizationId);
    const complete = settings?.complete === true;
    return { fork, importId: id, program: { id: programId, organizationId }, now, by: startedBy as string, feed: name, complete };
  }
}

function isFull(kind: RowKind, batch: readonly ReadRow[], next: ReadRow): boolean {
  const last = batch.at(-1);
  if (last === undefined || batch.length < kind.atOnce) return false;
  return batch.length >= kind.atOnce + MOST_TOGETHER || !(kind.belongTogether?.(last, next) ?? false);
}
