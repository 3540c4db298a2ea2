import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../run.ts';

/** A call as a page of the documentation shows it. */
export interface Example {
  /** e.g. `docs/api.md:120`. */
  readonly place: string;
  /** Whose token: the first line of the block, `# as integrator`. */
  readonly as: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The `data` of the answer, where the page shows it. */
  readonly answer: unknown;
}

interface Block {
  readonly info: string;
  readonly text: string;
  readonly line: number;
  /** Only blank lines lie between it and the block before it. */
  readonly follows: boolean;
}

/**
 * A ` ```graphql ` block is a call. A ` ```json ` block right behind it has its variables, and a ` ```json answer ` block after
 * these what it answers.
 */
export function readExamples(page: string): Example[] {
  const blocks = readBlocks(readFileSync(join(REPOSITORY, page), 'utf8'));
  return blocks.flatMap((block, index) => {
    if (block.info !== 'graphql') return [];
    const place = `${page}:${block.line}`;
    const [, as] = /^# as (.+)\n/.exec(block.text) ?? [];
    if (!as) throw new Error(`${place}: the first line says whose token it needs, such as "# as staff"`);
    const { variables = {}, answer } = behind(blocks.slice(index + 1), place);
    return [{ place, as, query: block.text, variables: variables as Example['variables'], answer }];
  });
}

function behind(blocks: readonly Block[], place: string): { variables?: unknown; answer?: unknown } {
  const found: { variables?: unknown; answer?: unknown } = {};
  for (const { info, text, follows } of blocks) {
    if (info === 'json' && follows && !('variables' in found)) found.variables = parse(text, place);
    else if (info === 'json answer' && !('answer' in found)) found.answer = parse(text, place);
    else break;
  }
  return found;
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${place}: the JSON behind it can't be read: ${(error as Error).message}`);
  }
}

function readBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of text.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)) {
    const [all, info = '', inner = ''] = match;
    const line = text.slice(0, match.index).split('\n').length;
    blocks.push({ info: info.trim(), text: inner, line, follows: text.slice(end, match.index).trim() === '' });
    end = match.index + all.length;
  }
  return blocks;
}

/** Texts that differ from run to run are shown as `…`, or begin so or end so. */
export function fits(shown: unknown, found: unknown): boolean {
  if (typeof shown === 'string' && typeof found === 'string') return textFits(shown, found);
  if (Array.isArray(shown)) {
    return Array.isArray(found) && shown.length === found.length && shown.every((item, index) => fits(item, found[index]));
  }
  if (isObject(shown) && isObject(found)) {
    const keys = new Set([...Object.keys(shown), ...Object.keys(found)]);
    return [...keys].every((key) => fits(shown[key], found[key]));
  }
  return shown === found;
}

function textFits(shown: string, found: string): boolean {
  const [start, end] = shown.split('…', 2);
  return end === undefined ? shown === found : found.startsWith(start!) && found.endsWith(end);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
