import type { LoaderDefinition } from '../../context.ts';
import { rows } from '../../platform/database/sql.ts';
import { DOCUMENT_COLUMNS, type DocumentVersion } from './document.entity.ts';
import { MOST_VERSIONS } from './versions.ts';

/** All versions of programs' documents, by name and number. */
export const documentsByProgram: LoaderDefinition<string, DocumentVersion[]> = {
  async read({ em }, programs) {
    const text = `select ${DOCUMENT_COLUMNS} from unnest($1::uuid[]) as k (program_id) cross join lateral
      (select * from document_version v where v.program_id = k.program_id order by v.name, v.number limit ${MOST_VERSIONS}) d order by d.name, d.number`;
    const groups = Map.groupBy(await rows<DocumentVersion>(em, text, [programs]), ({ programId }) => programId);
    return programs.map((id) => groups.get(id) ?? []);
  },
};

/** The words of versions. */
export const documentTexts: LoaderDefinition<DocumentVersion, string> = {
  keyOf: (version) => keyOf(version as DocumentVersion),
  async read({ em }, versions) {
    const found = await rows<Pick<DocumentVersion, 'programId' | 'name' | 'number'> & { body: string }>(
      em,
      `select d.program_id as "programId", d.name, d.number, d.body from unnest($1::uuid[], $2::text[], $3::int[]) as k (program_id, name, number)
       join document_version d on d.program_id = k.program_id and d.name = k.name and d.number = k.number`,
      [versions.map(({ programId }) => programId), versions.map(({ name }) => name), versions.map(({ number }) => number)],
    );
    const texts = new Map(found.map((version) => [keyOf(version), version.body]));
    return versions.map((version) => texts.get(keyOf(version)) as string);
  },
};

const keyOf = ({ programId, name, number }: Pick<DocumentVersion, 'programId' | 'name' | 'number'>) => `${programId}/${number}/${name}`;
