import { FieldReader } from '@tributary/shared/facts';
import type { Context } from '../../context.ts';
import type { EntityManager } from '../../platform/database/orm.ts';
import { row, rows } from '../../platform/database/sql.ts';
import { inTransaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { isId, newId } from '../../platform/ids.ts';
import type { Keys } from '../../platform/keys.ts';
import type { Outbox } from '../../platform/mail/outbox.ts';
import { noProgram } from '../program/index.ts';
import { NEWS_COLUMNS, type NewsItem, SUBSCRIPTION_COLUMNS, type Subscription } from './promotion.entity.ts';
import type { PublishNewsInput } from './promotion.input.ts';

const MAILS_AT_ONCE = 200;
const ID_LENGTH = 36;
const LEAVE_ROUTE = '/newsletter/leave';

/** The same news within a day are those that were told. */
const SAME_FOR_MS = 86_400_000;

interface Recipient {
  readonly id: string;
  readonly email: string;
}

/** News of programs, and who gets them by mail. */
export class NewsService {
  private readonly outbox: Outbox;
  private readonly keys: Keys;
  private readonly publicUrl: () => string;

  constructor(outbox: Outbox, keys: Keys, publicUrl: () => string) {
    this.outbox = outbox;
    this.keys = keys;
    this.publicUrl = publicUrl;
  }

  async publish(context: Context, input: PublishNewsInput): Promise<Outcome<NewsItem>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const read = new FieldReader();
    const [title, body] = [read.text(input.title, ['title'], 200)?.trim(), read.text(input.body, ['body'], 20_000)?.trim()];
    if (!title) read.refuse(['title'], 'News are about something.');
    if (!body) read.refuse(['body'], 'News say something.');
    if (read.refusal !== null) return refused(userError('INVALID', read.refusal.message, read.refusal.path));
    const now = new Date(await context.now());
    const item = await inTransaction(context.em, async (tx) => {
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/news`]);
      const said = await row<NewsItem>(
        tx,
        `select ${NEWS_COLUMNS} from news_item n where n.program_id = $1 and n.title = $2 and n.body = $3 and n.by_mail = $4 and n.published_at > $5
         order by n.id desc limit 1`,
        [program.id, title, body, input.byMail ?? false, new Date(now.getTime() - SAME_FOR_MS)],
      );
      if (said !== undefined) return said;
      return row<NewsItem>(
        tx,
        `insert into news_item as n (program_id, id, title, body, published_at, published_by, by_mail) values ($1, $2, $3, $4, $5, $6, $7) returning ${NEWS_COLUMNS}`,
        [program.id, newId(), title, body, now, context.viewer.name, input.byMail ?? false],
      );
    });
    if (input.byMail) await this.mailAll(context.em);
    return done(item as NewsItem);
  }

  /** The newest first. */
  async list(context: Context, programKey: string, page: Page): Promise<Connection<NewsItem>> {
    const program = await context.services.programs.find(context, programKey);
    const list = new List({ select: NEWS_COLUMNS, from: 'news_item n', sort: [['n.id', 'uuid']], descending: true });
    list.where('n.program_id = ?', program?.id ?? null);
    return list.read<NewsItem, NewsItem>(context.em, page, { cursor: ({ id }) => [id], node: (item) => item });
  }

  /** Of the person who asks: the address is proven, so that to ask is to confirm. */
  async setNewsletter(context: Context, programKey: string, on: boolean): Promise<Outcome<boolean>> {
    const { em, services, viewer } = context;
    const program = await services.programs.find(context, programKey);
    if (program === undefined) return refused(noProgram(programKey));
    if (viewer.personId === null) return refused(userError('INVALID', 'The token is no person’s: nobody’s address is known.'));
    const now = new Date(await context.now());
    const { personId } = viewer;
    return inTransaction<Outcome<boolean>>(em, async (tx) => {
      const proven = await row(tx, 'select 1 from affiliate_person where id = $1 and confirmed_at is not null and removed_at is null', [
        personId,
      ]);
      if (proven === undefined) return refused(userError('INVALID', 'The address is not proven.'));
      await rows(
        tx,
        `insert into newsletter_subscription as s (program_id, person_id, id, state, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (program_id, person_id) do update set state = excluded.state, changed_at = excluded.changed_at where s.state <> excluded.state`,
        [program.id, personId, newId(), on ? 'subscribed' : 'left', now],
      );
      return done(on);
    });
  }

  /** Does the person who asks get news of the program by mail? */
  async hasNewsletter(context: Context, programId: string): Promise<boolean> {
    const { personId } = context.viewer;
    if (personId === null) return false;
    const text = `select ${SUBSCRIPTION_COLUMNS} from newsletter_subscription s where s.program_id = $1 and s.person_id = $2`;
    return (await row<Subscription>(context.em, text, [programId, personId]))?.state === 'subscribed';
  }

  /** By the link of a mail. False: it is none of ours. Whoever has left already stays away. */
  async leave(em: EntityManager, token: string): Promise<boolean> {
    if (!this.isToken(token)) return false;
    const id = token.slice(0, ID_LENGTH);
    await rows(em, "update newsletter_subscription set state = 'left', changed_at = now() where id = $1 and state <> 'left'", [id]);
    return true;
  }

  /** `<subscription>.<signature>`: nobody can make one, and it holds for as long as the server's key does. */
  isToken(token: string): boolean {
    const [id, signature] = [token.slice(0, ID_LENGTH), token.slice(ID_LENGTH + 1)];
    return isId(id) && token[ID_LENGTH] === '.' && this.keys.verify('newsletter', id, signature);
  }

  /** Puts what goes by mail into the outbox, some at a time, each time with a note of how far it came: nobody is told twice. */
  async mailAll(em: EntityManager): Promise<void> {
    while (await this.mailSome(em));
    this.outbox.wake();
  }

  private mailSome(em: EntityManager): Promise<boolean> {
    return inTransaction(em, async (tx) => {
      const item = await row<NewsItem & { mailedAfter: string | null; program: string }>(
        tx,
        `select ${NEWS_COLUMNS}, n.mailed_after as "mailedAfter", p.name as program from news_item n join program p on p.id = n.program_id
         where n.by_mail and n.mailed_at is null order by n.id limit 1 for update of n skip locked`,
      );
      if (item === undefined) return false;
      const recipients = await rows<Recipient>(
        tx,
        `select s.id, p.email from newsletter_subscription s join affiliate_person p on p.id = s.person_id and p.removed_at is null and p.confirmed_at is not null
         join enrollment e on e.affiliate_id = p.affiliate_id and e.program_id = s.program_id and e.status not in ('terminated', 'rejected')
         where s.program_id = $1 and s.state = 'subscribed' and ($2::uuid is null or s.id > $2) and s.id < $3 order by s.id limit ${MAILS_AT_ONCE}`,
        [item.programId, item.mailedAfter, item.id],
      );
      for (const recipient of recipients) await this.mail(tx, item, recipient);
      const last = recipients.at(-1)?.id ?? item.mailedAfter;
      const isOver = recipients.length < MAILS_AT_ONCE;
      await rows(tx, 'update news_item set mailed_after = $3, mailed_at = case when $4 then now() end where program_id = $1 and id = $2', [
        item.programId,
        item.id,
        last,
        isOver,
      ]);
      return true;
    });
  }

  private mail(tx: EntityManager, { title, body, program }: NewsItem & { program: string }, { id, email }: Recipient): Promise<void> {
    const leaveUrl = `${this.publicUrl()}${LEAVE_ROUTE}/${id}.${this.keys.sign('newsletter', id)}`;
    return this.outbox.put(tx, {
      to: email,
      message: {
        subject: `${program}: ${title}`,
        paragraphs: body.split(/\n\s*\n/),
        link: { label: 'Get no more of these mails', url: leaveUrl },
        note: `You get this because you asked for news of ${program}.`,
      },
      unsubscribeUrl: leaveUrl,
    });
  }
}
