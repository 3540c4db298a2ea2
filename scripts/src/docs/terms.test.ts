import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTerms } from '@tributary/shared/terms';
import { describe, expect, it } from 'vitest';
import { REPOSITORY } from '../run.ts';
import { renewAccess } from './access.ts';
import { renewReference } from './reference.ts';

const page = readFileSync(join(REPOSITORY, 'docs', 'terms.md'), 'utf8');

describe('docs/terms.md', () => {
  it('has the reference that the catalogue makes now (npx pnpm reference writes it)', () => {
    expect(renewReference(page)).toBe(page);
  });

  it('shows a complete document that is fit to decide by', () => {
    const [, text] = /```yaml\n(format: .*?)```/s.exec(page) ?? [];
    expect(readTerms(text ?? '')).toMatchObject({ ok: true });
  });

  it('shows the message that a wrong word gets', () => {
    const [, text] = /```yaml\n(format: .*?)```/s.exec(page) ?? [];
    const result = readTerms((text ?? '').replace('fact: line.category', 'fact: line.catgory'));
    expect(result.ok ? [] : result.findings.map(({ message }) => message)).toHaveLength(1);
    if (!result.ok) expect(page).toContain(result.findings[0]!.message);
  });

  it('names every code that a finding can have', () => {
    const source = readFileSync(join(REPOSITORY, 'shared', 'src', 'terms', 'finding.ts'), 'utf8');
    const [, codes] = /export type FindingCode =([^;]+);/.exec(source) ?? [];
    for (const [, code] of codes!.matchAll(/'(\w+)'/g)) expect(page).toContain(`\`${code}\``);
  });
});

describe('docs/api.md', () => {
  const api = readFileSync(join(REPOSITORY, 'docs', 'api.md'), 'utf8');

  it('says who may call what, as the schema has it now (npx pnpm reference writes it)', () => {
    expect(renewAccess(api)).toBe(api);
  });

  it('names every code of a top-level error', () => {
    const source = readFileSync(join(REPOSITORY, 'api', 'src', 'platform', 'graphql', 'errors.ts'), 'utf8');
    const [, codes] = /ERROR_CODES = \[([^\]]+)\]/.exec(source) ?? [];
    for (const [, code] of codes!.matchAll(/'(\w+)'/g)) expect(api).toContain(`| \`${code}\` |`);
  });
});
