import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { adjust } from '../affiliates/acts.ts';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import type { EntryRecord } from './source.ts';

/** What staff booked by hand can be taken back by hand: by an entry of its own, once. */
const BY_HAND: ReadonlySet<string> = new Set(['adjustment', 'bonus']);

export function ReverseButton({ entry }: { readonly entry: EntryRecord }) {
  const say = useSay();
  const run = useAct();
  const { id, kind, change, affiliate, program } = entry;
  if (!BY_HAND.has(kind)) return null;
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
      run={({ reason = '' }) =>
        run(adjust, { program: program.key, affiliate: affiliate.externalId, id: `reverse-${id}`, kind: 'ADJUSTMENT', amount, reason })
      }
    />
  );
}
