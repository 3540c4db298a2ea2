import { graphql, type ResultOf } from '../api/graphql.ts';
import type { Source } from '../provider/source.ts';
import type { Tone } from '../ui/StatusChip.tsx';

const programFragment = graphql(`
  fragment ProgramRow on Program {
    key name unit status
    terms { id number }
    termsVersions { id number holdsFrom publishedAt publishedBy }
  }
`);

const listDocument = graphql(
  `
  query Programs($first: Int!, $offset: Int!) {
    programs(first: $first, offset: $offset) { totalCount nodes { ...ProgramRow } }
  }
`,
  [programFragment],
);

const detailFragment = graphql(`
  fragment ProgramDetail on Program { termsVersions { id clauses { path rule sentence source assumed } } }
`);

const oneDocument = graphql(
  `
  query Program($key: String!) { program(key: $key) { ...ProgramRow ...ProgramDetail } }
`,
  [programFragment, detailFragment],
);

type Row = ResultOf<typeof programFragment>;
export type ProgramRecord = Row & { readonly id: string };
export type TermsVersion = Row['termsVersions'][number];
type DetailedVersion = ResultOf<typeof detailFragment>['termsVersions'][number];
export type Clause = DetailedVersion['clauses'][number];

/** The clauses of a version in words; undefined: a list has the row only, the rest follows. */
export const clausesOf = (version: TermsVersion): readonly Clause[] | undefined => (version as Partial<DetailedVersion>).clauses;

const toRecord = (row: Row): ProgramRecord => ({ ...row, id: row.key });

export const programs: Source<ProgramRecord> = {
  async list(ask, { first, offset }) {
    const { programs: found } = await ask(listDocument, { first, offset });
    return { rows: found.nodes.map(toRecord), total: found.totalCount };
  },
  async one(ask, id) {
    const { program } = await ask(oneDocument, { key: id });
    return program && toRecord(program);
  },
};

/** What was decided about a program as a whole, which acts need two people, what affiliates may ask. */
export const settingsDocument = graphql(`
  query ProgramSettings($key: String!) {
    program(key: $key) {
      status
      requestKinds
      turns { status holdsFrom requestsUntil reason decidedAt decidedBy }
      forfeiture { rule sentence }
    }
    secondPersonRules(program: $key) { kind on limits { unit amount } }
    now
  }
`);

export const pause = graphql(`
  mutation PauseProgram($input: PauseProgramInput!) { pauseProgram(input: $input) { userErrors { code message path } } }
`);
export const reopen = graphql(`
  mutation ReopenProgram($input: ReopenProgramInput!) { reopenProgram(input: $input) { userErrors { code message path } } }
`);
export const closeProgram = graphql(`
  mutation CloseProgram($input: CloseProgramInput!) { closeProgram(input: $input) { approval { id } userErrors { code message path } } }
`);
export const setSecondPerson = graphql(`
  mutation SetSecondPerson($input: SetSecondPersonInput!) {
    setSecondPerson(input: $input) { approval { id } userErrors { code message path } }
  }
`);
export const setRequestKinds = graphql(`
  mutation SetRequestKinds($input: SetRequestKindsInput!) { setRequestKinds(input: $input) { userErrors { code message path } } }
`);

export const PROGRAM_TONES: Readonly<Record<Row['status'], Tone>> = { OPEN: 'good', PAUSED: 'waiting', CLOSED: 'quiet' };
export type Settings = ResultOf<typeof settingsDocument>;
