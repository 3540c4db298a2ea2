export type { Link } from './link.entity.ts';
export { EnrollmentLinksResolver, LinkResolver } from './link.resolver.ts';
export { LinkService } from './link.service.ts';
export { LinkType } from './link.type.ts';
