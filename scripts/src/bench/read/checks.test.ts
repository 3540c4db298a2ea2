import type { Profiler } from 'node:inspector';
import { describe, expect, it } from 'vitest';
import { shareOfChecks } from './checks.ts';

const frame = (id: number, url: string, children: number[] = [], functionName = 'f'): Profiler.ProfileNode => ({
  id,
  children,
  callFrame: { functionName, url, scriptId: '1', lineNumber: 0, columnNumber: 0 },
});

describe('the share of checks', () => {
  it('counts what is done for a check, and not what is done behind one', () => {
    const nodes = [
      frame(1, '', [2, 5, 9], '(root)'),
      // A guard: itself, the library that it calls, and the resolver behind it with another library.
      frame(2, 'file:///x/api/src/platform/graphql/access.ts', [3, 4]),
      frame(3, 'node:internal/crypto'),
      frame(4, 'file:///x/api/src/modules/order/order.service.ts', [6]),
      frame(5, '', [], '(idle)'),
      frame(6, 'file:///x/node_modules/pg/lib/client.js', [7]),
      frame(7, 'node:net'),
      frame(9, 'file:///x/node_modules/graphql/execute.mjs'),
    ];
    const samples = [2, 3, 4, 6, 7, 9, 5, 5];
    const timeDeltas = [10, 10, 20, 20, 20, 20, 999, 999];
    expect(shareOfChecks({ nodes, samples, timeDeltas, startTime: 0, endTime: 1 })).toBeCloseTo(0.2);
  });
});
