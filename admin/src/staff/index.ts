import { later } from '../ui/later.ts';

export const memberPages = { list: later(async () => (await import('./MemberList.tsx')).MemberList) };
export const tokenPages = { list: later(async () => (await import('./TokenList.tsx')).TokenList) };
