import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import { table } from './table.ts';
import type { Bench, Measure, Settings } from './types.ts';

const USAGE = `Usage: npx pnpm bench [--quick] [--profile] [--pairs N] [--rows N] [--program KEY] [NAME...]
${benches.map(({ name, about }) => `  ${name.padEnd(8)} ${about}`).join('\n')}`;

const say = (line: string) => process.stdout.write(`${line}\n`);

function readArguments(): { settings: Settings; chosen: readonly Bench[] } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      pairs: { type: 'string' },
      rows: { type: 'string' },
      program: { type: 'string', multiple: true, default: [] },
    },
  });
  const { quick, profile } = values;
  const settings: Settings = {
    quick,
    profile,
    pairs: wholeOf(values.pairs, quick ? 3 : 12),
    programs: values.program,
    rows: wholeOf(values.rows, 1_000_000),
    say,
  };
  const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}.\n${USAGE}`);
  return { settings, chosen: positionals.length === 0 ? benches : benches.filter(({ name }) => positionals.includes(name)) };
}

function wholeOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`"${text}" is no number above zero.\n${USAGE}`);
  return Number(text);
}

async function main(): Promise<void> {
  const { settings, chosen } = readArguments();
  const measures: Measure[] = [];
  for (const bench of chosen) {
    say(`${bench.name}: ${bench.about}`);
    measures.push(...(await bench.run(settings)));
  }
  say(`\n${table(measures)}`);
  if (settings.quick) say('\nA quick run shows that the benches work; its figures prove nothing.');
}

/** Whatever was started is stopped, then the signal counts. */
async function interrupt(status: number): Promise<void> {
  const { closeAll } = await import('./host/host.ts');
  await closeAll();
  process.exit(status);
}

process.once('SIGINT', () => void interrupt(130));
process.once('SIGTERM', () => void interrupt(143));
process.once('SIGHUP', () => void interrupt(129));

try {
  await main();
} catch (error) {
  const { message, detail } = error as Error & { detail?: string };
  process.stderr.write(`${message}${detail ? `: ${detail}` : ''}\n`);
  process.exitCode = 1;
}
