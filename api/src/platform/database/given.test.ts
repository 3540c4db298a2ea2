import { createServer } from 'node:net';
import { describe, expect, inject, it } from 'vitest';
import { checkGivenDatabase } from './given.ts';

describe('a PostgreSQL that is given', () => {
  it('is accepted when it is recent enough', async () => {
    await expect(checkGivenDatabase(inject('postgresUrl'))).resolves.toBeUndefined();
  });

  it('is named, without its password, when nothing answers there', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => probe.once('listening', resolve));
    const { port } = probe.address() as { port: number };
    await new Promise((resolve) => probe.close(resolve));
    const check = checkGivenDatabase(`postgres://me:secret@127.0.0.1:${port}/shop`);
    await expect(check).rejects.toThrow(/DATABASE_URL/);
    await expect(check).rejects.not.toThrow(/secret/);
  });
});
