import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 4000, databaseUrl: undefined, logLevel: 'warn', demo: true });
    expect(readConfig({}).dataDir).toMatch(/\/\.data$/);
  });

  it('takes an empty variable as one that is not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}));
  });

  it('reads what is given', () => {
    const databaseUrl = 'postgres://me@db.example:5432/tributary';
    const environment = { PORT: '0', HOST: '::1', DATABASE_URL: databaseUrl, LOG_LEVEL: 'debug', TRIBUTARY_DEMO: 'off' };
    expect(readConfig(environment)).toMatchObject({ port: 0, host: '::1', databaseUrl, logLevel: 'debug', demo: false });
  });

  it.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ HOST: 'a b' }, 'HOST'],
    [{ DATABASE_URL: 'mysql://db/x' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'postgres://db' }, 'DATABASE_URL'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ TRIBUTARY_DEMO: 'perhaps' }, 'TRIBUTARY_DEMO'],
    [{ READ_URL: 'postgres://db/x' }, 'READ_URL'],
  ])('names the variable that is wrong: %o', (environment, name) => {
    expect(() => readConfig(environment)).toThrow(new RegExp(`variable ${name} `));
  });

  it('names all that are wrong at once', () => {
    expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' })).toThrow(/PORT[\s\S]*LOG_LEVEL/);
    const production = { NODE_ENV: 'production', TRIBUTARY_URL: 'http://host/path', TRIBUTARY_KEYS: '1:c2hvcnQ' };
    const wrong = /^The environment variable TRIBUTARY_URL is .*\nThe environment variable TRIBUTARY_KEYS is wrong: .*$/;
    expect(() => readConfig(production)).toThrow(wrong);
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/TRIBUTARY_KEYS is not set[\s\S]*TRIBUTARY_URL is not set/);
  });
});
