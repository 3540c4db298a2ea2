export { CaseService } from './case.service.ts';
export { sourcesByPair } from './compliance.loader.ts';
export { CaseResolver, EnrollmentComplianceResolver } from './compliance.resolver.ts';
export { SourceService } from './source.service.ts';
