import { definitionOf, type Needs, type Permission, permissionsFor, type ViewerKind } from './permissions.ts';
import { ROLES, type Role } from './roles.ts';

/** What somebody may do, and where. */
export interface Grants {
  /** In every program, and in what is of the organization as a whole. */
  readonly everywhere: ReadonlySet<Permission>;
  /** In single programs, by our id. */
  readonly inProgram: ReadonlyMap<string, ReadonlySet<Permission>>;
}

/** A role that was granted; `program` null: in all programs, those to come included. */
export interface GrantedRole {
  readonly role: Role;
  readonly program: string | null;
}

export const NOTHING: Grants = { everywhere: new Set(), inProgram: new Map() };

/** All that a kind of caller can hold, in all programs. */
export function allOf(kind: ViewerKind): Grants {
  return { everywhere: new Set(permissionsFor(kind)), inProgram: new Map() };
}

/** What a token of such a caller may do: of what the kind can hold, the scopes that it was given, in the programs that it was given. Null: all. */
export function scopedTo(kind: ViewerKind, scopes: readonly string[] | null, programs: readonly string[] | null): Grants {
  const held = new Set(permissionsFor(kind).filter((permission) => scopes === null || scopes.includes(permission)));
  if (programs === null) return { everywhere: held, inProgram: new Map() };
  return { everywhere: new Set(), inProgram: new Map(programs.map((program) => [program, held])) };
}

/** Roles taken together. Of a role in one program what is of the organization as a whole is left out. */
export function grantsOf(granted: readonly GrantedRole[]): Grants {
  const everywhere = new Set<Permission>();
  const inProgram = new Map<string, Set<Permission>>();
  for (const { role, program } of granted) {
    const permissions: readonly Permission[] = ROLES[role].permissions;
    if (program === null) for (const permission of permissions) everywhere.add(permission);
    else {
      const here = inProgram.get(program) ?? new Set();
      for (const permission of permissions) if (definitionOf(permission).reach === 'program') here.add(permission);
      inProgram.set(program, here);
    }
  }
  return { everywhere, inProgram };
}

/** What both allow: a token never does more than the member whose it is. */
export function bothOf(one: Grants, other: Grants): Grants {
  const inProgram = new Map<string, ReadonlySet<Permission>>();
  for (const program of new Set([...one.inProgram.keys(), ...other.inProgram.keys()])) {
    const [here, there] = [heldIn(one, program), heldIn(other, program)];
    inProgram.set(program, new Set([...here].filter((permission) => there.has(permission))));
  }
  return { everywhere: new Set([...one.everywhere].filter((permission) => other.everywhere.has(permission))), inProgram };
}

function heldIn({ everywhere, inProgram }: Grants, programId: string): Set<Permission> {
  const general = [...everywhere].filter((permission) => definitionOf(permission).reach === 'program');
  return new Set([...general, ...(inProgram.get(programId) ?? [])]);
}

/** Is one of them held in every program? */
export function holdsEverywhere({ everywhere }: Grants, needs: Needs): boolean {
  for (const permission of needs) if (everywhere.has(permission)) return true;
  return false;
}

/** Is one of them held in that program? */
export function holdsIn(grants: Grants, needs: Needs, programId: string): boolean {
  if (holdsEverywhere(grants, needs)) return true;
  const here = grants.inProgram.get(programId);
  return here !== undefined && needs.some((permission) => here.has(permission));
}

/** Is one of them held anywhere? */
export function holdsSomewhere(grants: Grants, needs: Needs): boolean {
  if (holdsEverywhere(grants, needs)) return true;
  for (const here of grants.inProgram.values()) if (needs.some((permission) => here.has(permission))) return true;
  return false;
}

/** May somebody with these grants give that role? Nobody gives what they do not have. */
export function mayGive(grants: Grants, { role, program }: GrantedRole): boolean {
  return ROLES[role].permissions.every((permission) => {
    if (program === null) return grants.everywhere.has(permission);
    return definitionOf(permission).reach === 'organization' || holdsIn(grants, [permission], program);
  });
}

/** The programs in which one of them is held; undefined: all. */
export function programsWith(grants: Grants, needs: Needs): string[] | undefined {
  if (holdsEverywhere(grants, needs)) return undefined;
  return [...grants.inProgram].filter(([, here]) => needs.some((permission) => here.has(permission))).map(([id]) => id);
}
