import { later } from '../ui/later.ts';

export const reportPages = { list: later(async () => (await import('./ReportPage.tsx')).ReportPage) };
