import { expect, it } from 'vitest';
import { fillByChance } from './chance.ts';

it('fills what it is asked to and nothing else, never twice with the same', () => {
  const seen = new Set<string>();
  for (let times = 0; times < 2_000; times++) {
    const bytes = Buffer.alloc(20);
    fillByChance(bytes, 2, 18);
    expect([bytes.readUInt16BE(0), bytes.readUInt16BE(18)]).toEqual([0, 0]);
    seen.add(bytes.toString('hex'));
  }
  expect(seen.size).toBe(2_000);
});
