import { Amount } from '../ui/Amount.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { useSay } from '../words/words.ts';
import type { UnitBalance } from './standing.ts';

const COLUMNS = [
  ['pending', 'Pending'],
  ['available', 'Available'],
  ['reserved', 'Reserved'],
  ['paid', 'Paid'],
  ['expired', 'Expired'],
  ['debt', 'Debt'],
] as const;

/** What an affiliate has, unit by unit: units never add. */
export function BalancesTable({ balances }: { readonly balances: readonly UnitBalance[] }) {
  const say = useSay();
  return (
    <SmallTable
      label="Balances by unit"
      rows={balances}
      keyOf={({ unit, isReward }) => `${unit} ${isReward}`}
      columns={[
        { label: 'Earned by', isHead: true, cell: ({ isReward }) => say(isReward ? 'Referrals' : 'Activity') },
        ...COLUMNS.map(([name, label]) => ({ label, isNumber: true, cell: (balance: UnitBalance) => <Amount {...balance[name]} /> })),
      ]}
    />
  );
}
