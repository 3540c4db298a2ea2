export { CaseService } from './case.service.ts';
export type { TrafficSource } from './compliance.entity.ts';
export { sourcesByPair } from './compliance.loader.ts';
export { CaseResolver, EnrollmentComplianceResolver, TrafficSourceResolver } from './compliance.resolver.ts';
export { TrafficSourceType } from './compliance.type.ts';
export { SourceService, sourceOf } from './source.service.ts';
