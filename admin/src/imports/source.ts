import { graphql, type ResultOf } from '../api/graphql.ts';
import { textOf, wordOf } from '../provider/filters.ts';
import type { Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const rowFragment = graphql(`
  fragment ImportRow on Import {
    id kind name source status bytes bytesRead rowsRead accepted repeated refused failure
    uploadedAt uploadedBy startedAt startedBy endedAt
    program { key name }
  }
`);

const listDocument = graphql(
  `
  query Imports($first: Int!, $offset: Int!, $program: String, $kind: ImportKind, $status: ImportStatus) {
    imports(first: $first, offset: $offset, program: $program, kind: $kind, status: $status) { totalCount nodes { ...ImportRow } }
  }
`,
  [rowFragment],
);

const oneDocument = graphql(
  `
  query Import($id: String!) { import(id: $id) { ...ImportRow } }
`,
  [rowFragment],
);

/** How a file would be read. */
export const previewDocument = graphql(`
  query ImportPreview($id: String!, $settings: ImportSettingsInput) {
    importPreview(id: $id, settings: $settings) {
      preview {
        settings { format encoding delimiter complete columns { name field } }
        fields { name required }
        missing
        rowsChecked
        failure
        rows { line values { field value } errors { code message path } }
        refused { line errors { code message path } }
      }
      userErrors { code message path }
    }
  }
`);

/** How far it is. */
export const progressDocument = graphql(`
  query ImportProgress($id: String!) { import(id: $id) { status bytes bytesRead rowsRead accepted repeated refused } }
`);

export const refusalsDocument = graphql(`
  query ImportRefusals($id: String!, $first: Int!) {
    import(id: $id) { refusals(first: $first) { totalCount nodes { line field code message } } }
  }
`);

export const startImport = graphql(`
  mutation StartImport($input: StartImportInput!) { startImport(input: $input) { userErrors { code message path } } }
`);
export const cancelImport = graphql(`
  mutation CancelImport($input: CancelImportInput!) { cancelImport(input: $input) { userErrors { code message path } } }
`);

export type ImportRecord = ResultOf<typeof rowFragment>;
export type ImportPreview = NonNullable<ResultOf<typeof previewDocument>['importPreview']['preview']>;

export const IMPORT_KINDS: readonly ImportRecord['kind'][] = ['ORDERS', 'PRODUCTS'];
export const IMPORT_STATUSES: readonly ImportRecord['status'][] = ['UPLOADED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'];
export const IMPORT_TONES: Readonly<Record<ImportRecord['status'], Tone>> = {
  UPLOADED: 'waiting',
  RUNNING: 'waiting',
  DONE: 'good',
  FAILED: 'bad',
  CANCELLED: 'quiet',
};

export const imports: Source<ImportRecord> = {
  async list(ask, { first, offset, filter }) {
    const { imports: found } = await ask(listDocument, {
      first,
      offset,
      program: textOf(filter, 'program'),
      kind: wordOf(filter, 'kind', IMPORT_KINDS),
      status: wordOf(filter, 'status', IMPORT_STATUSES),
    });
    return { rows: found.nodes, total: found.totalCount };
  },
  async one(ask, id) {
    return (await ask(oneDocument, { id })).import;
  },
};
