import { later } from '../ui/later.ts';

export const commissionPages = { list: later(async () => (await import('./CommissionList.tsx')).CommissionList) };
