import { later } from '../ui/later.ts';

export const approvalPages = { list: later(async () => (await import('./ApprovalList.tsx')).ApprovalList) };
