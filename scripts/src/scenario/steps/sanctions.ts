import type { StepContents } from '../model.ts';
import { REASON, type ToAct, tableOf } from './act.ts';

type Sanctions = 'sanctionsList' | 'clearMatch' | 'confirmMatch';

const HEAD = ['id', 'name', 'aliases', 'countries'];

/** Published lists of whom nothing may be paid to, and what staff make of those who may be on one. */
export const sanctions: { [K in Sanctions]: ToAct<StepContents[K]> } = {
  sanctionsList: ({ list, entries }) => ({
    caller: 'staff',
    path: `/sanctions/${encodeURIComponent(list)}/csv`,
    contentType: 'text/csv',
    body: tableOf([
      HEAD,
      ...entries.map(({ id, name, aliases = [], countries = [] }) => [id, name, aliases.join(';'), countries.join(';')]),
    ]),
  }),
  clearMatch: async ({ affiliate, reason = REASON }, telling) => ({
    caller: 'staff',
    mutation: 'clearSanctionsMatch',
    input: { match: await telling.matchOf(affiliate), reason },
    isOfProgram: false,
  }),
  confirmMatch: async ({ affiliate, reason = REASON }, telling) => ({
    caller: 'staff',
    mutation: 'confirmSanctionsMatch',
    input: { match: await telling.matchOf(affiliate), reason },
    isOfProgram: false,
  }),
};
