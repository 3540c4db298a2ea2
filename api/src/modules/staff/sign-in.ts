import type { Config } from '../../config.ts';
import type { Orm } from '../../platform/database/orm.ts';
import type { Keys } from '../../platform/keys.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { type Auth, type AuthOptions, lazyAuth } from './open-auth.ts';
import { Sessions } from './sessions.ts';
import { SignInLog } from './sign-in-log.ts';
import { Throttle } from './throttle.ts';
import { UsedCodes } from './used-codes.ts';

export interface SignInOptions {
  readonly orm: Orm;
  readonly config: Pick<Config, 'publicUrl' | 'session' | 'secondFactorRequired' | 'oidc'>;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly log: AuthOptions['log'];
}

/** All that signing in needs, put together. */
export class SignIn {
  readonly auth: () => Promise<Auth>;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly usedCodes: UsedCodes;
  readonly log: SignInLog;
  readonly outbox: Outbox;
  readonly company: string | null;
  private address: string;

  constructor({ orm, config, keys, outbox, log }: SignInOptions) {
    this.address = config.publicUrl ?? '';
    this.outbox = outbox;
    this.company = config.oidc?.name ?? null;
    this.throttle = new Throttle(orm);
    this.usedCodes = new UsedCodes(orm);
    const sessionKeys = keys.of('sessions');
    this.auth = lazyAuth({
      orm,
      outbox,
      publicUrl: this.publicUrl,
      options: {
        keys: sessionKeys,
        session: config.session,
        oidc: config.oidc,
        log,
        sessionEnded: (sessionId) => this.sessions.forget({ sessionId }),
      },
    });
    this.sessions = new Sessions({
      orm,
      auth: this.auth,
      keys: sessionKeys,
      publicUrl: this.publicUrl,
      idleMinutes: config.session.idleMinutes,
      secondFactorRequired: config.secondFactorRequired,
    });
    this.log = new SignInLog(orm, this.sessions);
  }

  /** Where people reach the server. */
  readonly publicUrl = (): string => {
    if (!this.address) throw new Error('Nobody can sign in before the server listens');
    return this.address;
  };

  /** Where it listens; counts where nobody said how people reach it. */
  listensAt(url: string): void {
    this.address ||= new URL(url).origin;
  }
}
