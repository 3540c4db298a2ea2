export {
  allOf,
  bothOf,
  type GrantedRole,
  type Grants,
  grantsOf,
  holdsEverywhere,
  holdsIn,
  holdsSomewhere,
  mayGive,
  NOTHING,
  programsWith,
  scopedTo,
} from './grants.ts';
export {
  ALL_PERMISSIONS,
  definitionOf,
  kindsWith,
  type Needs,
  PERMISSIONS,
  type Permission,
  permissionsFor,
  type ViewerKind,
} from './permissions.ts';
export { ALL_ROLES, ROLES, type Role } from './roles.ts';
