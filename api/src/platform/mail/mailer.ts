import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';

/** Where mails go that no server is known for. */
export const MAIL_FOLDER = 'mail';

export interface Letter {
  /** The same however often it is sent, so that whoever gets it twice can tell. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Ends further mails of its kind by one POST; null: such a mail has no kind that one could leave. */
  readonly unsubscribeUrl?: string | null;
}

/** Hands mails to a server, or to a folder. */
export interface Mailer {
  /** Where mails go, for people. */
  readonly description: string;
  /** When it returns the mail was accepted. */
  send(letter: Letter): Promise<void>;
  close(): void;
}

export interface MailOptions {
  /** smtp://user:password@host:587, or smtps:// */
  readonly smtpUrl: string | undefined;
  readonly from: string;
  readonly dataDir: string;
}

const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

export function createMailer({ smtpUrl, from, dataDir }: MailOptions): Mailer {
  return smtpUrl ? toServer(smtpUrl, from) : toFolder(join(dataDir, MAIL_FOLDER), from);
}

function messageOf({ id, unsubscribeUrl, ...letter }: Letter, from: string) {
  // Nobody is to answer that they are on holiday.
  const headers = {
    'auto-submitted': 'auto-generated',
    'x-auto-response-suppress': 'All',
    // RFC 8058: mail programs leave with one click.
    ...(unsubscribeUrl ? { 'list-unsubscribe': `<${unsubscribeUrl}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' } : {}),
  };
  return { ...letter, from, messageId: `<${id}@tributary>`, headers, disableFileAccess: true, disableUrlAccess: true };
}

function toServer(smtpUrl: string, from: string): Mailer {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    // A server that offers no encryption is spoken to without only where it needs no password.
    requireTLS: !secure && url.username !== '',
    ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
    ...PATIENCE,
  });
  return {
    description: `by ${url.protocol}//${url.host}`,
    async send(letter) {
      await transport.sendMail(messageOf(letter, from));
    },
    close: () => transport.close(),
  };
}

function toFolder(folder: string, from: string): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  return {
    description: `written to ${folder}, not sent: SMTP_URL is not set`,
    async send(letter) {
      const { message } = await transport.sendMail(messageOf(letter, from));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(join(folder, `${letter.id}.eml`), message as Buffer, { mode: 0o600 });
    },
    close: () => transport.close(),
  };
}
