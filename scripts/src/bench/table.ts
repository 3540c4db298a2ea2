import type { Goal, Measure } from './types.ts';

const HEADINGS = ['measure', 'ours', 'against', 'ratio', 'spread', '95 % interval', 'goal', ''];

/** The measures beside their goals, in columns. */
export function table(measures: readonly Measure[]): string {
  const cells = [HEADINGS, ...measures.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

function rowOf({ name, ours, against, ratio, goal }: Measure): string[] {
  if (!ratio) return [name, ours, against, '', '', '', goal ? goalText(goal) : '', ''];
  const { median, least, most, interval } = ratio;
  return [
    name,
    ours,
    against,
    `${digits(median)} (${ratio.pairs})`,
    `${digits(least)}-${digits(most)}`,
    interval ? `${digits(interval[0])}-${digits(interval[1])}` : '',
    goal ? goalText(goal) : '',
    verdict({ median, interval }, goal),
  ];
}

function goalText(goal: Goal): string {
  if ('atMost' in goal) return `at most ${digits(goal.atMost)}`;
  return `at least ${digits(goal.atLeast)}${goal.by === 'lower bound' ? ' (lower bound)' : ''}`;
}

function verdict({ median, interval }: { median: number; interval: readonly [number, number] | undefined }, goal: Goal | undefined) {
  if (!goal) return '';
  if ('atMost' in goal) return median <= goal.atMost ? 'met' : 'MISSED';
  const value = goal.by === 'lower bound' ? interval?.[0] : median;
  if (value === undefined) return 'too few pairs';
  return value >= goal.atLeast ? 'met' : 'MISSED';
}

export function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

/** 12345.6 is `12,346`; small ones keep three digits. */
export function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
