import { randomBytes } from 'node:crypto';
import { ALL_ROLES, type Role } from '../access/index.ts';
import type { App } from '../app.ts';
import { BACK_OFFICE } from '../backOffice/index.ts';
import type { EntityManager } from '../platform/database/orm.ts';
import { row } from '../platform/database/sql.ts';
import { readTokens, writeTokens } from './tokens.ts';

/** How somebody of the demo signs in to the back office. */
export interface DemoSignIn {
  readonly role: Role;
  readonly email: string;
  readonly password: string;
}

/**
 * One member of staff for each role, with a password that is printed: on the embedded database only, and never in production. Once; a
 * start that was killed in between makes those that are missing the next time, with the same passwords.
 */
export async function makeDemoMembers({ orm, services }: Pick<App, 'orm' | 'services'>, dataDir: string): Promise<readonly DemoSignIn[]> {
  const known = readTokens(dataDir);
  // The data folder is that of another database.
  if (!known.staff) return [];
  if (known.members?.made) return known.members.signIns;
  const signIns =
    known.members?.signIns ??
    ALL_ROLES.map((role) => ({
      role,
      email: `${role}@demo.example`,
      password: randomBytes(9).toString('base64url'),
    }));
  const em = () => orm.em.fork() as EntityManager;
  const home = await row<{ id: string }>(em(), "select id from organization where kind = 'live' order by created_at limit 1");
  const keep = (made: boolean) => writeTokens(dataDir, { ...readTokens(dataDir), members: { made, signIns } });
  keep(false);
  for (const { role, email, password } of signIns) {
    await services.staff.createWithPassword(em(), { organizationId: home!.id, name: nameOf(role), email, invitedBy: null, role, password });
  }
  keep(true);
  return signIns;
}

function nameOf(role: Role): string {
  return `Demo ${role.replace('-', ' ')}`;
}

export function describeMembers(members: readonly DemoSignIn[], url: string): string[] {
  if (members.length === 0) return [];
  const width = Math.max(...members.map(({ email }) => email.length));
  return [
    `Back office  ${new URL(`${BACK_OFFICE.prefix}/`, url).href}`,
    ...members.map(({ email, password }) => `  ${email.padEnd(width)}  ${password}`),
    '',
  ];
}
