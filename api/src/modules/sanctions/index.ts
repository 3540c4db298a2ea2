export { SanctionsListResolver, SanctionsMatchResolver } from './sanctions.resolver.ts';
export { serveSanctions } from './sanctions.routes.ts';
export { SanctionsService } from './sanctions.service.ts';
