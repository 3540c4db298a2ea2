import type { EntityManager, Orm } from '../../platform/database/orm.ts';
import { poolOf, row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import type { Auth, AuthOptions } from './auth.ts';
import { resetMail } from './mails.ts';

export type { Auth, AuthOptions };

export interface SignInSettings {
  readonly orm: Orm;
  readonly outbox: Outbox;
  readonly publicUrl: () => string;
  readonly options: Pick<AuthOptions, 'keys' | 'session' | 'oidc' | 'log' | 'sessionEnded'>;
}

/** Opens the library when somebody first signs in, so that a start does not wait for it. */
export function lazyAuth(settings: SignInSettings): () => Promise<Auth> {
  let auth: Promise<Auth> | undefined;
  return () => {
    auth ??= open(settings).catch((error: unknown) => {
      auth = undefined;
      throw error;
    });
    return auth;
  };
}

async function open({ orm, outbox, publicUrl, options }: SignInSettings): Promise<Auth> {
  const { createAuth } = await import('./auth.ts');
  const em = () => orm.em.fork() as EntityManager;
  const auth = createAuth({
    ...options,
    pool: poolOf(em()),
    publicUrl: publicUrl(),
    async liveOrganization() {
      const found = await row<{ id: string }>(em(), "select id from organization where kind = 'live' order by created_at limit 1");
      return found!.id;
    },
    isDisabled: async (memberId) =>
      (await row(em(), 'select from staff_member where id = $1 and disabled_at is null', [memberId])) === undefined,
    async mailResetLink(member, token) {
      const mail = resetMail({ name: member.name, email: member.email, token, publicUrl: publicUrl() });
      const wanted = await inTransaction(em(), async (transaction) => {
        const open = await row(transaction, 'select from staff_member where id = $1 and disabled_at is null', [member.id]);
        if (open) await outbox.put(transaction, mail);
        return open !== undefined;
      });
      if (wanted) outbox.wake();
    },
    async passwordWasSet(memberId) {
      await inTransaction(em(), async (transaction) => {
        await rows(transaction, 'delete from staff_verification where value = $1', [memberId]);
        await rows(transaction, 'update staff_member set email_verified = true, updated_at = $2 where id = $1', [memberId, new Date()]);
      });
    },
  });
  await auth.$context;
  return auth;
}
