import { Link } from '@mui/material';
import { LinkBase } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { adjust } from '../affiliates/acts.ts';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import type { EntryRecord } from './source.ts';

/** What staff booked by hand can be taken back by hand: by an entry of its own, once. */
const BY_HAND: ReadonlySet<string> = new Set(['adjustment', 'bonus']);

/** Once it is reversed that is said instead, with the way to the opposite entry. */
export function ReverseButton({ entry }: { readonly entry: EntryRecord }) {
  const say = useSay();
  const run = useAct();
  const { id, kind, change, affiliate, program, reversedBy } = entry;
  if (!BY_HAND.has(kind)) return null;
  if (reversedBy) return <Reversed entry={entry} by={reversedBy} />;
  const amount = change.value.startsWith('-') ? change.value.slice(1) : `-${change.value}`;
  return (
    <ActButton
      needs="ADJUSTMENT_POST"
      program={program.key}
      variant="text"
      label={say('Reverse')}
      verb={say('Post %{sum}', { sum: `${say.decimal(amount)} ${change.unit}` })}
      title={say('Reverse %{what} of %{name}', { what: say.word(kind), name: affiliate.name ?? affiliate.externalId })}
      intro={say('Nothing is edited: an opposite entry is posted beside it. An entry is reversed once.')}
      fields={[REASON]}
      run={({ reason = '' }, key) =>
        run(adjust, {
          program: program.key,
          affiliate: affiliate.externalId,
          id: `office-${key}`,
          kind: 'ADJUSTMENT',
          amount,
          reason,
          reverses: id,
        })
      }
    />
  );
}

function Reversed({
  entry: { affiliate, program },
  by,
}: {
  readonly entry: EntryRecord;
  readonly by: NonNullable<EntryRecord['reversedBy']>;
}) {
  const say = useSay();
  const filter = { program: program.key, affiliate: affiliate.externalId, kind: 'adjustment' };
  const who = by.by ? say('By %{who}', { who: by.by }) : '';
  return (
    <Link
      component={LinkBase}
      to={`/ledger?${new URLSearchParams({ filter: JSON.stringify(filter) })}`}
      title={[who, by.reason].filter(Boolean).join(': ')}
      sx={{ whiteSpace: 'nowrap' }}
    >
      {say('Reversed on %{day}', { day: say.date(by.happenedAt) })}
    </Link>
  );
}
