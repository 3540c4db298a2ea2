import { later } from '../ui/later.ts';

export const casePages = { list: later(async () => (await import('./CaseList.tsx')).CaseList) };
