import type { ReportRecord } from './source.ts';

/** What a report is drawn by. For the eye only: exact sums stand in the table. */
export const MEASURES = [
  { name: 'Commission', read: ({ commission }: ReportRecord) => Number(commission.value) },
  { name: 'Sales', read: ({ sales }: ReportRecord) => Number(sales.amount) },
  { name: 'Orders', read: ({ orders }: ReportRecord) => orders },
  { name: 'Clicks', read: ({ clicks }: ReportRecord) => clicks },
] as const;

export type MeasureName = (typeof MEASURES)[number]['name'];
