interface Closeable {
  close(): Promise<void>;
  /** The hard way, at once. */
  kill?(): void;
}

/** One Ctrl-C may arrive twice, from the terminal and passed on by npx or pnpm. Only a later one is meant as a second. */
const SAME_CTRL_C_MS = 1_000;
const PATIENCE_MS = 15_000;

type Say = (line: string) => void;

/** Closes what was opened, last opened first, and ends the process. */
export class Shutdown {
  private readonly open: { name: string; part: Closeable }[] = [];
  private begunAt: number | undefined;
  private starting: Promise<unknown> | undefined;
  private readonly say: Say;
  private readonly complain: Say;

  constructor(say: Say, complain: Say) {
    this.say = say;
    this.complain = complain;
  }

  get begun(): boolean {
    return this.begunAt !== undefined;
  }

  add(name: string, part: Closeable): void {
    this.open.push({ name, part });
  }

  /** Nothing is closed before this start has come to an end: it adds what it opened. */
  async during(start: Promise<void>): Promise<void> {
    this.starting = start.catch(() => {});
    await start;
  }

  onSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => this.onSignal());
    // Whoever read what we print may be gone.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
    process.on('uncaughtException', (error) => void this.begin(`An error nobody caught: ${error.stack ?? error}`, 1));
  }

  private onSignal(): void {
    if (this.begunAt === undefined) void this.begin('Stopping ...', 0);
    else if (performance.now() - this.begunAt > SAME_CTRL_C_MS) this.force();
  }

  async begin(reason: string, exitCode: number): Promise<void> {
    if (this.begunAt !== undefined) return;
    this.begunAt = performance.now();
    (exitCode === 0 ? this.say : this.complain)(reason);
    // Unreferenced, it does not keep the process from ending.
    setTimeout(() => this.force(), PATIENCE_MS).unref();
    await this.starting;
    const failed = await this.closeAll();
    process.exit(failed ? 1 : exitCode);
  }

  private async closeAll(): Promise<boolean> {
    let failed = false;
    while (this.open.length > 0) {
      const { name, part } = this.open.at(-1)!;
      try {
        await part.close();
      } catch (error) {
        failed = true;
        this.complain(`Closing ${name} failed: ${(error as Error).message}`);
        part.kill?.();
      }
      this.open.pop();
    }
    return failed;
  }

  private force(): void {
    this.complain('Stopping at once; the database recovers at the next start.');
    for (const { part } of this.open) part.kill?.();
    process.exit(130);
  }
}
