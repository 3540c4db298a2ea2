export type { RoleGrant } from './grant.entity.ts';
export { GrantResolver } from './grant.resolver.ts';
export { GrantService } from './grant.service.ts';
