import { describe, expect, it } from 'vitest';
import { Gatherer } from './gatherer.ts';

/** Batches that are done when the test says so. */
function openGatherer() {
  const batches: { items: readonly number[]; finish: () => void }[] = [];
  const gatherer = new Gatherer<number, number>({
    mostItems: 10,
    mostInFlight: 2,
    leastBeside: 4,
    run: (items) => new Promise((resolve) => batches.push({ items, finish: () => resolve(items.map((item) => item * 2)) })),
  });
  return { gatherer, batches, sizes: () => batches.map(({ items }) => items.length) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('calls that come at once', () => {
  it('go together while others are written, and each is answered for itself', async () => {
    const { gatherer, batches, sizes } = openGatherer();
    const first = gatherer.add([1]);
    await turn();
    const others = [gatherer.add([2]), gatherer.add([3, 4])];
    await turn();
    expect(sizes()).toEqual([1]);
    batches[0]!.finish();
    expect(await first).toEqual([2]);
    await turn();
    expect(sizes()).toEqual([1, 3]);
    batches[1]!.finish();
    expect(await Promise.all(others)).toEqual([[4], [6, 8]]);
    await turn();
    expect(gatherer.isIdle).toBe(true);
  });

  it('get a batch beside the one that is written when many wait, and no third', async () => {
    const { gatherer, batches, sizes } = openGatherer();
    const calls = [gatherer.add([1])];
    await turn();
    for (const item of [2, 3, 4, 5]) calls.push(gatherer.add([item]));
    await turn();
    expect(sizes()).toEqual([1, 4]);
    for (const item of [6, 7, 8, 9, 10]) calls.push(gatherer.add([item]));
    await turn();
    expect(sizes()).toEqual([1, 4]);
    batches[1]!.finish();
    await turn();
    expect(sizes()).toEqual([1, 4, 5]);
    for (const { finish } of batches) finish();
    expect((await Promise.all(calls)).flat()).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20]);
  });

  it('do not wait for ever when fewer are left than a batch beside another takes', async () => {
    const { gatherer, batches, sizes } = openGatherer();
    const calls = [gatherer.add([1])];
    await turn();
    for (let item = 2; item <= 12; item++) calls.push(gatherer.add([item]));
    await turn();
    expect(sizes()).toEqual([1, 10]);
    batches[0]!.finish();
    batches[1]!.finish();
    await turn();
    await turn();
    batches[2]!.finish();
    expect((await Promise.all(calls)).length).toBe(12);
  });
});
