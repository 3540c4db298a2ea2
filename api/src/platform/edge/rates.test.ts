import { describe, expect, it } from 'vitest';
import { readConfig } from '../../config.ts';
import { networkOf, Rates } from './rates.ts';

describe('an address is counted', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::1', '0:0:0:0::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000:1:2:3:4', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3::', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('%s as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('rates', () => {
  const { limits } = readConfig({ RATE_PER_TOKEN: '3', RATE_WRONG_TOKENS: '2' });

  it('are counted by key, and told', async () => {
    const rates = new Rates(limits);
    const left = [];
    for (let i = 0; i < 4; i++) left.push(await rates.count('token', 'ann'));
    expect(left.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(left[3]!.seconds).toBeGreaterThan(55);
    expect(await rates.count('token', 'ben')).toMatchObject({ allowed: true, remaining: 2, limit: 3 });
    expect(await rates.count('integrator', 'ann')).toMatchObject({ allowed: true, limit: 60_000 });
  });

  it('count an operation of many acts as many', async () => {
    const rates = new Rates(limits);
    expect(await rates.count('token', 'ann', 4)).toMatchObject({ allowed: false });
  });

  it('close an address after wrong tokens', async () => {
    const rates = new Rates(limits);
    expect(await rates.tooManyWrong('x')).toBeUndefined();
    await rates.noteWrongToken('x');
    expect(await rates.tooManyWrong('x')).toBeUndefined();
    await rates.noteWrongToken('x');
    expect(await rates.tooManyWrong('x')).toMatchObject({ allowed: false });
    expect(await rates.tooManyWrong('y')).toBeUndefined();
  });
});
