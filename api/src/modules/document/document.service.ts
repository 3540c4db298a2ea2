import { createHash } from 'node:crypto';
import { FieldReader, type Refusal } from '@tributary/shared/facts';
import { DOCUMENT_BLOCKS, documentsInForce } from '@tributary/shared/people';
import type { Context } from '../../context.ts';
import { DOCUMENT_RENEWAL, queueOrdersPlaced } from '../../intake/index.ts';
import { rows } from '../../platform/database/sql.ts';
import { inTransaction, type Transaction } from '../../platform/database/transaction.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { done, type Outcome, refused, userError } from '../../platform/graphql/user-error.ts';
import { newId } from '../../platform/ids.ts';
import { noteChange } from '../audit/index.ts';
import { narrow, noProgram, type Program } from '../program/index.ts';
import { ACCEPTANCE_COLUMNS, type Acceptance, type DocumentVersion } from './document.entity.ts';
import type { AcceptanceArgs, PublishDocumentInput } from './document.input.ts';
import { documentsOf, MOST_VERSIONS } from './versions.ts';

const LONGEST_TEXT = 200_000;
const MOST_REGIONS = 250;

type Draft = Omit<DocumentVersion, 'programId' | 'number' | 'publishedAt' | 'publishedBy'> & { readonly text: string };

/** Documents of programs: what is published, and who accepted it. */
export class DocumentService {
  /** The next version. The same as the last one again is that one. */
  async publish(context: Context, input: PublishDocumentInput): Promise<Outcome<DocumentVersion>> {
    const program = await context.services.programs.find(context, input.program);
    if (program === undefined) return refused(noProgram(input.program));
    const now = await context.now();
    const draft = readDraft(input, now);
    if ('code' in draft) return refused(userError('INVALID', draft.message, draft.path));
    let revisits = 0;
    const outcome = await inTransaction<Outcome<DocumentVersion>>(context.em, async (tx) => {
      revisits = 0;
      await rows(tx, 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${program.id}/documents`]);
      const versions = await documentsOf(tx, program.id);
      const last = versions.findLast(({ name }) => name === draft.name);
      if (last !== undefined && isSame(last, draft, input)) return done(last);
      const past = refusePast(draft, now);
      if (past !== null) return refused(userError('INVALID', past.message, past.path));
      if (versions.length >= MOST_VERSIONS)
        return refused(userError('TOO_MANY', `A program has ${MOST_VERSIONS} versions of documents at most.`));
      const { text, ...traits } = draft;
      const version = {
        ...traits,
        programId: program.id,
        number: (last?.number ?? 0) + 1,
        publishedAt: now,
        publishedBy: context.viewer.name,
      };
      await insert(tx, version, text);
      revisits = await renew(tx, program, version, now);
      noteChange(tx, {
        before: { version: last?.number ?? null },
        after: { document: input.name, version: version.number, hash: version.hash },
      });
      return done(version);
    });
    if (revisits > 0) await context.services.intake.drain(program.id, program.organizationId);
    return outcome;
  }

  /** Who accepted what, the last first. */
  async acceptances(context: Context, args: AcceptanceArgs, page: Page): Promise<Connection<Acceptance>> {
    const list = new List({ select: ACCEPTANCE_COLUMNS, from: 'enrollment_event h', sort: [['h.id', 'uuid']], descending: true });
    list.where("h.kind = 'document'");
    await narrow(context, list, 'h', args);
    if (args.document != null) list.where('h.value = ?', args.document);
    if (args.version != null) list.where('h.subject = ?', String(args.version));
    return list.read<Acceptance, Acceptance>(context.em, page, { cursor: ({ id }) => [id], node: (acceptance) => acceptance });
  }

  /** The version of a document that can be accepted at an instant; the names of those that there are where there is none. */
  async toAccept(
    tx: Transaction,
    programId: string,
    name: string,
    at: number,
  ): Promise<{ found: DocumentVersion | null; names: string[] }> {
    const inForce = documentsInForce(await documentsOf(tx, programId), at);
    return { found: inForce.find((version) => version.name === name) ?? null, names: inForce.map((version) => version.name) };
  }
}

function readDraft(input: PublishDocumentInput, now: number): Draft | Refusal {
  const read = new FieldReader();
  const name = read.text(input.name, ['name'], 100) ?? '';
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) read.refuse(['name'], 'A name has small letters, digits and hyphens.');
  const title = (read.text(input.title, ['title'], 200) ?? '').trim();
  if (title === '') read.refuse(['title'], 'It may not be empty.');
  const text = read.text(input.text, ['text'], LONGEST_TEXT) ?? '';
  if (text.trim() === '') read.refuse(['text'], 'It may not be empty.');
  if ((input.regions?.length ?? 0) > MOST_REGIONS) read.refuse(['regions'], `At most ${MOST_REGIONS} are taken.`);
  const regions = (input.regions ?? []).slice(0, MOST_REGIONS).map((code, index) => read.country(code, ['regions', String(index)]) ?? '');
  const holdsFrom = input.holdsFrom ?? now;
  const acceptFrom = input.acceptFrom ?? null;
  const blocks = DOCUMENT_BLOCKS.filter((block) => input.blocks?.includes(block));
  if (blocks.length > 0 && acceptFrom === null) read.refuse(['blocks'], 'Nothing waits for what does not have to be accepted.');
  const hash = createHash('sha256').update(text).digest('hex');
  return (
    read.refusal ?? { name, kind: input.kind, title, text, regions: [...new Set(regions)].sort(), hash, holdsFrom, acceptFrom, blocks }
  );
}

/** What is past by now does not change. Told again, a version may have begun meanwhile. */
function refusePast({ holdsFrom, acceptFrom }: Draft, now: number): Refusal | null {
  const read = new FieldReader();
  if (holdsFrom < now) read.refuse(['holdsFrom'], 'It would change what is past.');
  if (acceptFrom !== null && acceptFrom < holdsFrom) read.refuse(['acceptFrom'], 'It cannot be asked for before it holds.');
  return read.refusal;
}

/** Told again: with the same words, and of the instants those that were told. */
function isSame(last: DocumentVersion, draft: Draft, { holdsFrom }: PublishDocumentInput): boolean {
  const traits = ({ kind, title, regions, hash, acceptFrom, blocks }: Draft | DocumentVersion) =>
    JSON.stringify([kind, title, regions, hash, acceptFrom, blocks]);
  return traits(last) === traits(draft) && (holdsFrom == null || holdsFrom === last.holdsFrom);
}

async function insert(tx: Transaction, version: DocumentVersion, text: string): Promise<void> {
  const { programId, name, number, kind, title, regions, hash, holdsFrom, acceptFrom, blocks, publishedAt, publishedBy } = version;
  await rows(
    tx,
    `insert into document_version (program_id, name, number, kind, title, regions, body, hash, holds_from, accept_from, blocks, published_at, published_by)
     values ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), $9, $10, $11, $12, $13)`,
    [
      ...[programId, name, number, kind, title, regions, text, hash, new Date(holdsFrom)],
      ...[acceptFrom === null ? null : new Date(acceptFrom), blocks, new Date(publishedAt), publishedBy],
    ],
  );
}

/** From then on earlier acceptances no longer count, also where terms look at them: that is a switch of the program. */
async function renew(
  tx: Transaction,
  program: Program,
  { name, number, acceptFrom, publishedBy }: DocumentVersion,
  now: number,
): Promise<number> {
  if (acceptFrom === null) return 0;
  await rows(tx, 'insert into program_switch (program_id, id, name, value, holds_from, set_by) values ($1, $2, $3, $4, $5, $6)', [
    ...[program.id, newId(), `${DOCUMENT_RENEWAL}${name}`, String(number), new Date(acceptFrom), publishedBy],
  ]);
  return queueOrdersPlaced(tx, program.id, [{ from: acceptFrom }], 'document', now);
}
