import { runDue } from './books/index.ts';
import { Authenticator, Token, TokenService } from './modules/identity/index.ts';
import { AdjustmentService, IntakeService } from './modules/intake/index.ts';
import { ProgramService, readBundledTerms, TermsStore } from './modules/program/index.ts';
import { type Due, Organization, OrganizationService, SandboxService } from './modules/sandbox/index.ts';
import type { EntityManager, Orm } from './platform/database/orm.ts';

/** What resolvers and other services call. One of each for the whole process; what belongs to one request stands in its context. */
export interface Services {
  readonly authenticator: Authenticator;
  readonly tokens: TokenService;
  readonly organizations: OrganizationService;
  readonly sandboxes: SandboxService;
  readonly programs: ProgramService;
  readonly terms: TermsStore;
  readonly due: Due;
  readonly intake: IntakeService;
  readonly adjustments: AdjustmentService;
}

/** Every entity that MikroORM knows. */
export const entities = [Organization, Token];

/** The one place where services meet each other. */
export function createServices(orm: Orm): Services {
  const authenticator = new Authenticator(orm);
  const terms = new TermsStore();
  return {
    authenticator,
    tokens: new TokenService(authenticator),
    organizations: new OrganizationService(),
    sandboxes: new SandboxService(),
    programs: new ProgramService(terms, readBundledTerms()),
    terms,
    due: { runUntil: (organizationId, until) => runDue(orm.em.fork({ clear: true }) as EntityManager, organizationId, until) },
    intake: new IntakeService(orm, terms),
    adjustments: new AdjustmentService(),
  };
}
