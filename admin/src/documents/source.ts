import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf } from '../provider/filters.ts';
import { programId, type Source } from '../provider/source.ts';

const versionFragment = graphql(`
  fragment DocumentRow on DocumentVersion {
    name number kind title regions hash holdsFrom acceptFrom blocks publishedAt publishedBy
  }
`);

const versionsDocument = graphql(
  `
  query Documents($program: String!) { program(key: $program) { key name documentVersions { ...DocumentRow } } now }
`,
  [versionFragment],
);

/** The words of all versions of a program's documents. */
export const textsDocument = graphql(`
  query DocumentTexts($program: String!) { program(key: $program) { documentVersions { name number text } } }
`);

export const acceptancesDocument = graphql(`
  query Acceptances($program: String!, $document: String!, $first: Int!) {
    documentAcceptances(program: $program, document: $document, first: $first) {
      totalCount
      nodes { version at by enrollment { affiliate { externalId name } } }
    }
  }
`);

export const publishDocument = graphql(`
  mutation PublishDocument($input: PublishDocumentInput!) {
    publishDocument(input: $input) { document { number } userErrors { code message path } }
  }
`);

export type DocumentVersion = ResultOf<typeof versionFragment>;
/** A document with all of its versions, the last first. */
export interface DocumentRecord {
  readonly id: string;
  readonly name: string;
  readonly program: { readonly key: string; readonly name: string };
  readonly versions: readonly DocumentVersion[];
  /** The one to read now; undefined: all are to come. */
  readonly current: DocumentVersion | undefined;
}

export const DOCUMENT_KINDS: readonly DocumentVersion['kind'][] = ['CONDITIONS', 'POLICY', 'GUIDE', 'CONTRACT', 'OTHER'];

/** Documents are read all at once: a program has few. The page is cut here. */
export const documents: Source<DocumentRecord> = {
  async list(ask, { first, offset, filter }) {
    const key = textOf(filter, 'program');
    if (key === undefined) return { rows: [], total: 0 };
    const { program, now } = await ask(versionsDocument, { program: key });
    if (!program) return { rows: [], total: 0 };
    const byName = Map.groupBy(program.documentVersions, ({ name }) => name);
    const all = [...byName].map(([name, found]): DocumentRecord => {
      const versions = [...found].sort((one, other) => other.number - one.number);
      const current = versions.find(({ holdsFrom }) => Date.parse(holdsFrom) <= Date.parse(now));
      return { id: programId.write(key, name), name, program: { key, name: program.name }, versions, current };
    });
    return { rows: all.slice(offset, offset + first), total: all.length };
  },
  async one(ask, id) {
    const { program: key, id: name } = programId.read(id);
    const { rows } = await documents.list(ask, {
      first: Number.MAX_SAFE_INTEGER,
      offset: 0,
      sort: { field: 'id', descending: false },
      filter: { program: key },
    });
    return rows.find((row) => row.name === name) ?? null;
  },
};
