import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { isUpToDate } from './age.ts';
import { pageOf } from './page.ts';

/** As much of what the builder said as tells why it failed. */
const SAID_LINES = 25;
/** What the builder says while it works: "transforming ...", "rendering chunks ...". */
const STEP = /^[a-z✓].{0,80}$/;

export interface BuildOptions {
  /** The package that is built. */
  readonly sources: string;
  /** Where its files belong. */
  readonly folder: string;
  /** The command by which somebody builds it. */
  readonly byHand: string;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

interface Running {
  readonly since: number;
  readonly lines: string[];
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
}

/**
 * Builds the back office where it is missing or older than its sources: beside the server that answers already, in a process of its own
 * that leaves the processor to others. What was built takes its place at once and as a whole.
 */
export class BackOfficeBuild {
  private readonly options: BuildOptions;
  private readonly next: string;
  private running: Running | undefined;
  private hasFailed = false;

  constructor(options: BuildOptions) {
    this.options = options;
    // On the same disk as where it goes, and in nobody's way when a start is killed.
    this.next = join(options.sources, 'node_modules', `.back-office-${process.pid}`);
  }

  /** Says whether there is something to build. */
  begin(): boolean {
    const { sources, folder } = this.options;
    if (this.running || isUpToDate(sources, folder)) return false;
    try {
      this.start();
    } catch (error) {
      this.fail(error as Error);
    }
    return true;
  }

  private start(): void {
    const { sources } = this.options;
    mkdirSync(this.next, { recursive: true });
    const since = Date.now();
    const vite = join(sources, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = spawn(process.execPath, [vite, 'build', sources, '--outDir', this.next, '--emptyOutDir'], {
      cwd: sources,
      // Which React is built in goes by it.
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    leaveTheProcessor(child);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => lines.push(...stripVTControlCharacters(text).split('\n').filter(Boolean)));
    this.hasFailed = false;
    this.running = { since, lines, child, ended: this.follow(child, since, lines) };
  }

  /** What to show instead of the back office; undefined: it stands, or nobody builds it. */
  meanwhile(): string | undefined {
    const { sources, folder, byHand } = this.options;
    if (this.running) {
      const { since, lines } = this.running;
      const steps = lines.filter((line) => STEP.test(line)).map((line) => line.replace(/\.{3}$/, ' …'));
      return pageOf({ kind: 'building', seconds: Math.round((Date.now() - since) / 1_000), steps: steps.slice(-5) });
    }
    // Somebody may have built it by hand since.
    if (this.hasFailed && isUpToDate(sources, folder)) this.hasFailed = false;
    return this.hasFailed ? pageOf({ kind: 'failed', byHand }) : undefined;
  }

  /** Once it stands, or has failed. */
  async ended(): Promise<void> {
    await this.running?.ended;
  }

  async close(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    running?.child.kill();
    await running?.ended;
    rmSync(this.next, { recursive: true, force: true });
  }

  kill(): void {
    this.running?.child.kill('SIGKILL');
  }

  private async follow(child: ChildProcess, since: number, lines: readonly string[]): Promise<void> {
    const { say, folder } = this.options;
    const problem = await once(child, 'close').then(
      ([status]) => (status === 0 ? undefined : lines.slice(-SAID_LINES).join('\n')),
      (error: Error) => error.message,
    );
    // Stopped, because the server is.
    if (!this.running) return;
    try {
      if (problem !== undefined) throw new Error(problem);
      this.take(since, folder);
      say(`The back office is built (${Math.round((Date.now() - since) / 1_000)} s).`);
    } catch (error) {
      this.fail(error as Error);
    }
    this.running = undefined;
  }

  private fail({ message }: Error): void {
    const { complain, byHand } = this.options;
    this.hasFailed = true;
    complain(`The back office could not be built:\n${message}\nWhen that is mended, build it by hand: ${byHand}`);
  }

  private take(since: number, folder: string): void {
    // What is changed while it is built is newer than what was built; what was changed in the millisecond before it began is not.
    const built = new Date(since + 1);
    utimesSync(join(this.next, 'index.html'), built, built);
    rmSync(folder, { recursive: true, force: true });
    renameSync(this.next, folder);
  }
}

function leaveTheProcessor({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It has ended already, or this system has no such thing: then it is built as everything else.
  }
}
