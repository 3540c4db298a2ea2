import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Keys, openKeys } from './keys.ts';

const key = (version: number) => `${version}:${randomBytes(32).toString('base64')}`;
const [one, two] = [key(1), key(2)];

describe('keys', () => {
  it('follow each other: the newest signs, those that are left verify', () => {
    const old = new Keys(one).sign('clicks', 'text');
    const both = new Keys(`${two}, ${one}`);
    expect(both.verify('clicks', 'text', old)).toBe(true);
    expect(both.sign('clicks', 'text')).toMatch(/^2\./);
    expect(new Keys(one).verify('clicks', 'text', both.sign('clicks', 'text'))).toBe(false);
    expect(new Keys(two).verify('clicks', 'text', old)).toBe(false);
  });

  it('are others for every purpose', () => {
    const keys = new Keys(one);
    expect(keys.verify('webhooks', 'text', keys.sign('clicks', 'text'))).toBe(false);
    expect(keys.of('sessions')[0]!.secret.equals(keys.of('clicks')[0]!.secret)).toBe(false);
  });

  it.each(['', '1', '1.', 'x', '1.AAAA', `9.${'A'.repeat(43)}`, `1.${'A'.repeat(43)}`])('do not verify %j', (signature) => {
    expect(new Keys(one).verify('clicks', 'text', signature)).toBe(false);
  });

  it.each(['', 'secret', '1:short', `${one},${one}`, `x:${randomBytes(32).toString('base64')}`])(
    'that are none are refused without being repeated',
    (text) => {
      expect(() => new Keys(text)).toThrow(/key/);
      if (text) expect(() => new Keys(text)).not.toThrow(text);
    },
  );
});

describe('without keys in the environment', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tributary-keys-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true }));

  it('the first start makes some and keeps them to itself', () => {
    const made = openKeys({ given: undefined, dataDir, production: false });
    const file = join(dataDir, 'keys');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    const again = openKeys({ given: undefined, dataDir, production: false });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(again.verify('sessions', 'x', made.sign('sessions', 'x'))).toBe(true);
  });

  it('nothing starts in production, whatever lies in the data folder', () => {
    openKeys({ given: undefined, dataDir, production: false });
    expect(() => openKeys({ given: undefined, dataDir, production: true })).toThrow(/TRIBUTARY_KEYS/);
    expect(readFileSync(join(dataDir, 'keys'), 'utf8')).toMatch(/^1:/);
    expect(openKeys({ given: one, dataDir, production: true }).sign('clicks', 'x')).toMatch(/^1\./);
  });
});
