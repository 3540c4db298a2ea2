import { AuditList } from './AuditList.tsx';

export const auditPages = { list: AuditList };
