import { later } from '../ui/later.ts';

export const auditPages = { list: later(async () => (await import('./AuditList.tsx')).AuditList) };
