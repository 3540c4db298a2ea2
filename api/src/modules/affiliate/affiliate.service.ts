import type { Context } from '../../context.ts';
import { row, rows } from '../../platform/database/sql.ts';
import type { Connection, Page } from '../../platform/graphql/connection.ts';
import { List } from '../../platform/graphql/list.ts';
import { grantedPrograms, type Program } from '../program/index.ts';
import { findAffiliateId } from './act.ts';
import {
  AFFILIATE_COLUMNS,
  type Affiliate,
  CLASS_REQUEST_COLUMNS,
  type ClassRequest,
  type ClassRequestRow,
  classRequestOf,
  ENROLLMENT_COLUMNS,
  type Enrollment,
} from './affiliate.entity.ts';
import { enrollmentsByPair, enrollmentsOfAffiliate } from './affiliate.loader.ts';
import type { AffiliateSort } from './affiliate.type.ts';

export interface EnrollmentFilter {
  readonly program?: string | null;
  readonly status?: Enrollment['status'] | null;
  readonly class?: string | null;
}

export interface ClassRequestFilter {
  readonly id?: string | null;
  readonly program?: string | null;
  readonly status?: ClassRequest['status'] | null;
}

export interface AffiliateFilter extends EnrollmentFilter {
  readonly search?: string | null;
  readonly sort: AffiliateSort;
}

/** What can be found out about affiliates and their enrollments. */
export class AffiliateService {
  /** Our id of an affiliate by the caller's; an affiliate's token finds itself only. */
  findId(context: Context, externalId: string): Promise<string | undefined> {
    return findAffiliateId(context, externalId);
  }

  async find(context: Context, externalId: string): Promise<Affiliate | null> {
    const id = await findAffiliateId(context, externalId);
    if (id === undefined) return null;
    // Whoever may see some programs only, sees who is in these.
    const granted = grantedPrograms(context);
    if (granted && !(await context.load(enrollmentsOfAffiliate).load(id)).some(({ programId }) => granted.includes(programId))) return null;
    return (await row<Affiliate>(context.em, `select ${AFFILIATE_COLUMNS} from affiliate a where a.id = $1`, [id])) ?? null;
  }

  async findEnrollment(context: Context, programKey: string, externalId: string): Promise<Enrollment | null> {
    const program = await context.services.programs.find(context, programKey);
    const affiliateId = program === undefined ? undefined : await findAffiliateId(context, externalId);
    if (program === undefined || affiliateId === undefined) return null;
    return context.load(enrollmentsByPair).load({ affiliateId, programId: program.id });
  }

  async list(context: Context, filter: AffiliateFilter, page: Page): Promise<Connection<Affiliate>> {
    const programs = await programsOf(context, filter.program);
    const byName = filter.sort === 'externalId';
    const list = new List({
      select: AFFILIATE_COLUMNS,
      from: 'affiliate a',
      sort: byName
        ? [
            ['a.external_id', 'text'],
            ['a.id', 'uuid'],
          ]
        : [['a.id', 'uuid']],
      descending: filter.sort === 'newest',
    });
    list.where('a.organization_id = ?', context.viewer.organizationId);
    const conditions = ['e.affiliate_id = a.id', 'e.program_id = any(?::uuid[])'];
    const values: (string | string[])[] = [programs.map(({ id }) => id)];
    for (const [column, value] of [
      ['e.status', filter.status],
      ['e.class', filter.class],
    ] as const) {
      if (value == null) continue;
      conditions.push(`${column} = ?`);
      values.push(value);
    }
    list.where(`exists (select from enrollment e where ${conditions.join(' and ')})`, ...values);
    if (filter.search != null) list.where('starts_with(a.external_id, ?)', filter.search);
    return list.read<Affiliate, Affiliate>(context.em, page, {
      cursor: ({ id, externalId }) => (byName ? [externalId, id] : [id]),
      node: (affiliate) => affiliate,
    });
  }

  async listEnrollments(context: Context, filter: EnrollmentFilter, page: Page): Promise<Connection<Enrollment>> {
    const programs = await programsOf(context, filter.program);
    const list = new List({ select: ENROLLMENT_COLUMNS, from: 'enrollment e', sort: [['e.id', 'uuid']], descending: true });
    list.where(
      'e.program_id = any(?::uuid[])',
      programs.map(({ id }) => id),
    );
    if (filter.status != null) list.where('e.status = ?', filter.status);
    if (filter.class != null) list.where('e.class = ?', filter.class);
    return list.read<Enrollment, Enrollment>(context.em, page, { cursor: ({ id }) => [id], node: (enrollment) => enrollment });
  }

  async listClassRequests(context: Context, filter: ClassRequestFilter, page: Page): Promise<Connection<ClassRequest>> {
    const programs = await programsOf(context, filter.program);
    const list = new List({ select: CLASS_REQUEST_COLUMNS, from: 'class_request r', sort: [['r.id', 'uuid']], descending: true });
    list.where(
      'r.program_id = any(?::uuid[])',
      programs.map(({ id }) => id),
    );
    if (filter.status != null) list.where('r.status = ?', filter.status);
    list.whereId('r.id', filter.id);
    return list.read<ClassRequestRow, ClassRequest>(context.em, page, { cursor: ({ id }) => [id], node: classRequestOf });
  }
}

/** The program of that key, or all that the viewer may see. */
async function programsOf(context: Context, key: string | null | undefined): Promise<Pick<Program, 'id'>[]> {
  const granted = grantedPrograms(context);
  if (key == null && granted) return granted.map((id) => ({ id }));
  if (key == null) return rows(context.em, 'select id from program where organization_id = $1', [context.viewer.organizationId]);
  const program = await context.services.programs.find(context, key);
  return program === undefined ? [] : [program];
}
