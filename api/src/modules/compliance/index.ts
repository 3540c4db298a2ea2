export { CaseActResolver, CaseEvidenceResolver, CaseResolver, ProgramCasesResolver } from './case.resolver.ts';
export { CaseService } from './case.service.ts';
export type { Case, TrafficSource } from './compliance.entity.ts';
export { sourcesByPair } from './compliance.loader.ts';
export { EnrollmentComplianceResolver, TrafficSourceResolver } from './compliance.resolver.ts';
export { CaseType, TrafficSourceType } from './compliance.type.ts';
export { FraudFiguresResolver } from './figures.resolver.ts';
export { SourceService, sourceOf } from './source.service.ts';
