import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { createOrm, type EntityManager, type Orm } from '../database/orm.ts';
import { applicationUrl } from '../database/pool.ts';
import { rows } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import { createMailer } from './mailer.ts';
import { Outbox } from './outbox.ts';

interface Got {
  readonly to: string[];
  readonly text: string;
  readonly user: string | undefined;
}

/** A mail server that takes what it is given, unless it is told to refuse. */
async function startMailServer(options: { auth?: boolean } = {}) {
  const got: Got[] = [];
  const state = { refuses: false };
  const server = new SMTPServer({
    ...(options.auth ? {} : { disabledCommands: ['AUTH'] }),
    hideSTARTTLS: !options.auth,
    onAuth: ({ username, password }, _, done) =>
      password === 'secret' ? done(null, { user: username }) : done(new Error('Wrong password')),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (state.refuses) return done(Object.assign(new Error('Try later'), { responseCode: 451 }));
        const to = session.envelope.rcptTo.map(({ address }) => address);
        got.push({ to, text: Buffer.concat(chunks).toString().replaceAll('\r\n', '\n').replaceAll(/=\n/g, ''), user: session.user });
        done();
      });
    },
  });
  server.on('error', () => {});
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { got, state, port, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

let database: TestDatabase;
let orm: Orm;
let server: Awaited<ReturnType<typeof startMailServer>>;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  orm = await createOrm({ url: applicationUrl(database.url) });
  server = await startMailServer();
  dataDir = mkdtempSync(join(tmpdir(), 'tributary-mail-'));
});
afterAll(async () => {
  await server.stop();
  await orm.close();
  await database.drop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  server.got.length = 0;
  server.state.refuses = false;
});

const em = () => orm.em.fork() as EntityManager;
const faults: string[] = [];
const outboxTo = (smtpUrl: string | undefined) =>
  new Outbox(orm, createMailer({ smtpUrl, from: 'Tributary <no-reply@example.com>', dataDir }), ({ message }) => faults.push(message));
const outbox = () => outboxTo(`smtp://127.0.0.1:${server.port}`);
const letter = (to: string, more = {}) => ({ to, message: { subject: 'News', paragraphs: ['Hello'] }, ...more });
const waiting = (to: string) =>
  rows<{ attempts: number; sent_at: Date | null; body_text: string; failure: string | null }>(
    em(),
    'select * from mail where recipient = $1',
    [to],
  );

describe('a mail', () => {
  it('goes to the server with text and escaped HTML, and leaves nothing of it behind', async () => {
    const message = {
      subject: 'Hello\r\nBcc: everybody@example.com',
      paragraphs: ['<script>alert("&")</script>'],
      link: { label: 'Open', url: 'https://example.com/?a=1&b="2"' },
    };
    await outbox().put(em(), { to: 'ann@example.com', message });
    await outbox().deliver();
    const [mail] = server.got;
    expect(mail!.to).toEqual(['ann@example.com']);
    expect(mail!.text).toContain('Subject: Hello Bcc: everybody@example.com\n');
    expect(mail!.text).toContain('&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;');
    expect(mail!.text).toContain('multipart/alternative');
    expect(mail!.text).toMatch(/Message-ID: <[0-9a-f-]{36}@tributary>/);
    expect(await waiting('ann@example.com')).toMatchObject([{ sent_at: expect.any(Date), body_text: '', body_html: '' }]);
  });

  it('of what was rolled back is never sent', async () => {
    await expect(
      inTransaction(em(), async (tx) => {
        await outbox().put(tx, letter('rolled@example.com'));
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    await outbox().deliver();
    expect(server.got).toEqual([]);
  });

  it('is sent once, however many processes look for it at the same time', async () => {
    for (let index = 0; index < 25; index++) await outbox().put(em(), letter(`many${index}@example.com`));
    await Promise.all([outbox().deliver(), outbox().deliver(), outbox().deliver()]);
    const all = server.got.flatMap(({ to }) => to);
    expect(all).toHaveLength(25);
    expect(new Set(all).size).toBe(25);
  });

  it('that the server does not take waits, is tried again later, and is not lost', async () => {
    server.state.refuses = true;
    await outbox().put(em(), letter('later@example.com'));
    await outbox().deliver();
    expect(await waiting('later@example.com')).toMatchObject([
      { attempts: 1, sent_at: null, failure: expect.stringContaining('Try later') },
    ]);
    server.state.refuses = false;
    await outbox().deliver();
    expect(server.got).toEqual([]);
    await rows(em(), `update mail set next_at = now() - interval '1 second' where recipient = 'later@example.com'`);
    await outbox().deliver();
    expect(server.got.flatMap(({ to }) => to)).toEqual(['later@example.com']);
  });

  it('that a process took and died with is sent by another when its time is over', async () => {
    await outbox().put(em(), letter('orphan@example.com'));
    await rows(em(), `update mail set attempts = 1, next_at = now() + interval '2 minutes' where recipient = 'orphan@example.com'`);
    await outbox().deliver();
    expect(server.got).toEqual([]);
    await rows(em(), `update mail set next_at = now() - interval '1 second' where recipient = 'orphan@example.com'`);
    await outbox().deliver();
    expect(server.got).toHaveLength(1);
  });

  it('with a link that has ended is not sent', async () => {
    await outbox().put(em(), letter('ended@example.com', { uselessAt: new Date(Date.now() - 1_000) }));
    await outbox().deliver();
    expect(server.got).toEqual([]);
  });
});

describe('a mailer', () => {
  it('without a server writes files that only we may read', async () => {
    await outboxTo(undefined).put(em(), letter('file@example.com'));
    await outboxTo(undefined).deliver();
    const [file] = readdirSync(join(dataDir, 'mail')).filter((name) => name.endsWith('.eml'));
    expect(readFileSync(join(dataDir, 'mail', file!), 'utf8')).toContain('To: file@example.com');
    expect(statSync(join(dataDir, 'mail', file!)).mode & 0o077).toBe(0);
  });

  it('does not send a password where the line is not encrypted', async () => {
    const open = await startMailServer();
    const mailer = createMailer({ smtpUrl: `smtp://me:secret@127.0.0.1:${open.port}`, from: 'a@example.com', dataDir });
    await expect(mailer.send({ id: 'x', to: 'b@example.com', subject: 's', text: 't', html: 'h' })).rejects.toThrow(/TLS|certificate/i);
    expect(open.got).toEqual([]);
    mailer.close();
    await open.stop();
  });
});
