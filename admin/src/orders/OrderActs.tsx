import { Box } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { REASON } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import type { OrderRecord } from './source.ts';

const KINDS = ['PAID', 'SHIPPED', 'COMPLETED', 'CONFIRMED', 'CANCELLED', 'REJECTED', 'REFUNDED'] as const;
type Kind = (typeof KINDS)[number];

/** Each decides the order anew; nothing that was told before is edited. */
export function OrderActs({ order }: { readonly order: OrderRecord }) {
  const say = useSay();
  const run = useAct();
  const { program, externalId, events = [] } = order;
  const input = { program: program.key, order: externalId };
  const correct = { needs: 'ORDER_CORRECT', program: program.key } as const;
  const told = [...new Set(events.filter(({ standing }) => standing).map(({ kind }) => kind))].filter((kind) =>
    KINDS.some((known) => known === kind),
  );
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <ActButton
        needs="FACT_TELL"
        program={program.key}
        verb={say('Record a fact')}
        title={say('What became of order %{id}', { id: externalId })}
        intro={say('The order is decided anew by all that is known of it then.')}
        fields={[
          { name: 'kind', label: 'What happened', required: true, choices: KINDS.map((value) => ({ value, words: say.word(value) })) },
          { name: 'reason', label: 'Reason' },
        ]}
        run={({ kind, reason }) => run(acts.tellEvent, { ...input, kind: kind as Kind, reason: reason || null })}
      />
      {told.length > 0 && (
        <ActButton
          {...correct}
          verb={say('Undo a fact')}
          title={say('Undo what was told of order %{id}', { id: externalId })}
          fields={[
            { name: 'kind', label: 'What happened', required: true, choices: told.map((value) => ({ value, words: say.word(value) })) },
            REASON,
          ]}
          run={({ kind, reason = '' }) => run(acts.undoEvent, { ...input, kind: kind as Kind, reason })}
        />
      )}
      <ActButton
        {...correct}
        verb={say('Attribute by hand')}
        title={say('Attribute order %{id} by hand', { id: externalId })}
        intro={say('It beats clicks, coupons and ties. Left empty, the order belongs to nobody.')}
        fields={[{ name: 'affiliate', label: 'Affiliate id' }, REASON]}
        run={({ affiliate, reason = '' }) => run(acts.attributeOrder, { ...input, affiliate: affiliate?.trim() || null, reason })}
      />
      <ActButton
        {...correct}
        isGrave
        verb={say('Void')}
        title={say('Void order %{id}', { id: externalId })}
        intro={say('It earns nothing any more, and what it earned is taken back.')}
        fields={[REASON]}
        run={({ reason = '' }) => run(acts.voidOrder, { ...input, reason })}
      />
    </Box>
  );
}
