export { OrganizationService } from './organization.service.ts';
export { Organization } from './sandbox.entity.ts';
export { SandboxResolver } from './sandbox.resolver.ts';
export { type Due, SandboxService } from './sandbox.service.ts';
