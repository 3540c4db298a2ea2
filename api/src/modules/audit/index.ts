export { actingFor, recordActs, whereFrom } from './acts.ts';
export { type Acting, appendAudit, type NewEntry } from './append.ts';
export { AuditResolver } from './audit.resolver.ts';
export { AuditService } from './audit.service.ts';
export { noteChange } from './change.ts';
export { serveAuditExport } from './export.ts';
