export type { DocumentVersion } from './document.entity.ts';
export { documentsByProgram } from './document.loader.ts';
export {
  DocumentAcceptanceResolver,
  DocumentResolver,
  EnrollmentDocumentsResolver,
  ProgramDocumentsResolver,
} from './document.resolver.ts';
export { DocumentService } from './document.service.ts';
export { documentsOf, mayBlock, refuseWithout, whyBlocked } from './versions.ts';
