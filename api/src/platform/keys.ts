import { createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a start without keys in the environment keeps its own, for development. */
export const KEYS_FILE = 'keys';

/** What keys are used for. Each purpose has keys of its own, derived from the given ones. */
export type Purpose = 'sessions' | 'clicks' | 'postbacks' | 'webhooks' | 'coupons' | 'newsletter';

export interface Key {
  /** Grows with every new key, and stands beside whatever the key signed or closed. */
  readonly version: number;
  readonly secret: Buffer;
  /** The same, read once: to read a secret anew for each signature takes longer than to sign. */
  readonly signer: KeyObject;
}

export class KeysError extends Error {
  override readonly name = 'KeysError';
}

const KEY = /^(\d{1,6}):([A-Za-z0-9+/_-]{43,}={0,2})$/;
const SECRET_BYTES = 32;
const MISSING =
  'is not set; production needs a number, a colon and 32 random bytes in base64, to be kept: TRIBUTARY_KEYS="1:$(openssl rand -base64 32)"';

/** Several keys at once, so that one can follow another without a gap: the first signs, all verify. */
export class Keys {
  private readonly keys: readonly Key[];
  private readonly derived = new Map<Purpose, readonly Key[]>();

  /** As in the environment: `2:<base64>,1:<base64>`, the newest first. */
  constructor(text: string) {
    this.keys = text.split(',').map((entry) => readKey(entry.trim()));
    const versions = this.keys.map(({ version }) => version);
    if (new Set(versions).size < versions.length) throw new KeysError('Two keys have the same number');
  }

  /** The keys of one purpose, the newest first. */
  of(purpose: Purpose): readonly Key[] {
    let keys = this.derived.get(purpose);
    if (!keys) {
      keys = this.keys.map(({ version, secret }) =>
        keyOf(version, Buffer.from(hkdfSync('sha256', secret, 'tributary', purpose, SECRET_BYTES))),
      );
      this.derived.set(purpose, keys);
    }
    return keys;
  }

  /** `<version>.<signature>` by the newest key. */
  sign(purpose: Purpose, text: string): string {
    const [{ version, signer }] = this.of(purpose) as [Key];
    return `${version}.${hmac(signer, text).toString('base64url')}`;
  }

  /** By whichever key it was signed. */
  verify(purpose: Purpose, text: string, signature: string): boolean {
    const [, version, given] = /^(\d{1,6})\.([A-Za-z0-9_-]{43})$/.exec(signature) ?? [];
    const key = this.of(purpose).find((known) => known.version === Number(version));
    return key !== undefined && timingSafeEqual(hmac(key.signer, text), Buffer.from(given!, 'base64url'));
  }
}

export interface KeySource {
  /** Of the environment. */
  readonly given: string | undefined;
  readonly dataDir: string;
  readonly production: boolean;
}

/** Beside all else that is wrong with the environment; nothing of a key is repeated. */
export function whatIsWrongWithKeys(given: string | undefined, production: boolean): string | undefined {
  if (!given) return production ? MISSING : undefined;
  try {
    new Keys(given);
    return undefined;
  } catch (error) {
    return `is wrong: ${(error as Error).message}`;
  }
}

/** Keys of the environment; without them those that the first start made and keeps beside the data, which is refused in production. */
export function openKeys({ given, dataDir, production }: KeySource): Keys {
  if (given) return new Keys(given);
  if (production) throw new KeysError(`TRIBUTARY_KEYS ${MISSING}`);
  const file = join(dataDir, KEYS_FILE);
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true });
    // Of two that start together one makes the file and both read it.
    writeNew(file, `1:${randomBytes(SECRET_BYTES).toString('base64')}\n`);
  }
  chmodSync(file, 0o600);
  return new Keys(readFileSync(file, 'utf8').trim());
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function readKey(entry: string): Key {
  const [, version, text] = KEY.exec(entry) ?? [];
  const secret = Buffer.from(text ?? '', 'base64');
  // Nothing of a key is repeated in a message.
  if (secret.length < SECRET_BYTES) throw new KeysError('A key is a number, a colon and at least 32 random bytes in base64');
  return keyOf(Number(version), secret);
}

function keyOf(version: number, secret: Buffer): Key {
  return { version, secret, signer: createSecretKey(secret) };
}

function hmac(signer: KeyObject, text: string): Buffer {
  return createHmac('sha256', signer).update(text).digest();
}
