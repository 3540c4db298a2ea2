export { CaseService } from './case.service.ts';
export { sourcesByPair } from './compliance.loader.ts';
export { CaseResolver, EnrollmentComplianceResolver, TrafficSourceResolver } from './compliance.resolver.ts';
export { SourceService } from './source.service.ts';
