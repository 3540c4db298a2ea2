import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SeenClick } from './sink.ts';
import { Spool } from './spool.ts';

let folder: string;
let troubles: string[];
const open = (mostBytes = 1_000_000) => new Spool({ folder, mostBytes, onTrouble: ({ message }) => troubles.push(message) });
const click = (id: string): SeenClick => ({
  programId: 'p',
  organizationId: 'o',
  input: { id, affiliate: 'ann' },
  now: 1,
  isFirst: true,
  isLive: true,
  through: { affiliateId: 'a', url: 'https://shop.example' },
});

async function delivered(spool: Spool): Promise<string[]> {
  const ids: string[] = [];
  await spool.deliver(async (clicks) => void ids.push(...clicks.map(({ input }) => input.id)));
  return ids;
}

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'tributary-spool-')), 'clicks');
  troubles = [];
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

it('keeps clicks on disk until they are handed over, and then no more', async () => {
  const spool = open();
  const kept = await Promise.all(['a', 'b', 'c'].map((id) => spool.keep(click(id))));
  expect(kept.map(({ state }) => state)).toEqual(['spooled', 'spooled', 'spooled']);
  expect(spool.standing.waitingBytes).toBeGreaterThan(100);
  await expect(spool.deliver(() => Promise.reject(new Error('still away')))).rejects.toThrow('still away');
  expect(await spool.keep(click('d'))).toEqual({ state: 'spooled' });
  expect((await delivered(spool)).sort()).toEqual(['a', 'b', 'c', 'd']);
  expect([await delivered(spool), readdirSync(folder), spool.standing]).toEqual([[], [], { waitingBytes: 0, lost: 0 }]);
  await spool.close();
});

it('hands over what a process that has ended left, up to the line that was cut off', async () => {
  const first = open();
  await first.keep(click('a'));
  await first.close();
  const [name] = readdirSync(folder);
  appendFileSync(join(folder, name!), '{"cut');
  // Of a process that nobody has any more, and of one that lives.
  writeFileSync(join(folder, '4194303-1.jsonl'), `${JSON.stringify(click('b'))}\nbroken\n${JSON.stringify(click('c'))}\n`);
  writeFileSync(join(folder, `${process.ppid}-1.jsonl`), `${JSON.stringify(click('of another'))}\n`);
  expect((await delivered(open())).sort()).toEqual(['a', 'b', 'c']);
  expect(troubles).toEqual(['A spooled click cannot be read: broken']);
  expect(readdirSync(folder)).toEqual([`${process.ppid}-1.jsonl`]);
});

it('keeps no more than there is room for, and says how many it lost', async () => {
  const spool = open(400);
  const states = [];
  for (const id of ['a', 'b', 'c', 'd']) states.push((await spool.keep(click(id))).state);
  expect(states).toEqual(['spooled', 'spooled', 'lost', 'lost']);
  expect(spool.standing.lost).toBe(2);
  await spool.close();
  const file = join(folder, '..', 'file');
  const nowhere = new Spool({ folder: file, mostBytes: 1_000, onTrouble: ({ message }) => troubles.push(message) });
  writeFileSync(file, '');
  expect([(await nowhere.keep(click('e'))).state, nowhere.standing.lost, troubles.length]).toEqual(['lost', 1, 1]);
});
