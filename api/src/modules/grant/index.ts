export { AssigneeResolver } from './assignee.resolver.ts';
export { findAssignee } from './assignee.ts';
export type { RoleGrant } from './grant.entity.ts';
export { GrantResolver } from './grant.resolver.ts';
export { GrantService } from './grant.service.ts';
