import { AffiliateLink } from './AffiliateLink.tsx';
import { ExportCsv } from './ExportCsv.tsx';
import { DayFilter, ProgramFilter, TextFilter, WordFilter } from './filters.tsx';
import { ListPage } from './ListPage.tsx';
import { ListTable } from './ListTable.tsx';
import { OpenLink } from './OpenLink.tsx';
import { SmallRows } from './SmallRows.tsx';
import { StatusChip } from './StatusChip.tsx';

/** What most lists are made of, to be fetched before somebody comes to one. */
export const LIST_PARTS = [
  AffiliateLink,
  DayFilter,
  ExportCsv,
  ListPage,
  ListTable,
  OpenLink,
  ProgramFilter,
  SmallRows,
  StatusChip,
  TextFilter,
  WordFilter,
];
