import { Box } from '@mui/material';
import { useState } from 'react';
import { ActButton } from '../acts/ActButton.tsx';
import { type Field, REASON } from '../acts/ActField.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { useSay } from '../words/words.ts';
import * as source from './source.ts';

const WORDS: Field = { name: 'text', label: 'Text', kind: 'long', required: true };

/** What staff can do about an open case. */
export function CaseActs({ found }: { readonly found: source.CaseRecord }) {
  const say = useSay();
  const run = useAct();
  const { rule, enrollment, assigneeId } = found;
  const { affiliate, program } = enrollment;
  const input = { program: program.key, affiliate: affiliate.externalId, rule };
  const shared = { needs: 'CASE_SETTLE', program: program.key } as const;
  const [isHanding, setHanding] = useState(false);
  const { data } = useAsked(source.assigneesDocument, { program: program.key }, { enabled: isHanding });
  const members = (data?.assignees ?? []).map(({ id, name }) => ({ value: id, words: name }));
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <ActButton
        {...shared}
        isGrave
        variant="contained"
        verb={say('Confirm the breach')}
        title={say('Confirm the breach of %{rule}', { rule })}
        intro={say('All that the terms have follow from it is done now: commissions may be taken back, and open requests undone.')}
        fields={[{ ...REASON, required: false }]}
        run={({ reason }) => run(source.confirmDocument, { ...input, reason: reason || null })}
      />
      <ActButton
        {...shared}
        verb={say('Dismiss')}
        title={say('Dismiss the case under %{rule}', { rule })}
        intro={say('There was no breach, or none that counts.')}
        fields={[{ ...REASON, required: false }]}
        run={({ reason }) => run(source.dismissDocument, { ...input, reason: reason || null })}
      />
      <ActButton
        {...shared}
        verb={say('Ask the affiliate')}
        title={say('Ask the affiliate')}
        intro={say('They are told by mail and answer among their requests.')}
        fields={[WORDS]}
        run={({ text = '' }) => run(source.askDocument, { ...input, text })}
      />
      <ActButton
        {...shared}
        verb={say('Note')}
        title={say('Note')}
        intro={say('Only staff read it.')}
        fields={[WORDS]}
        run={({ text = '' }) => run(source.noteDocument, { ...input, text })}
      />
      <ActButton
        {...shared}
        verb={say('Hand over')}
        onOpen={() => setHanding(true)}
        title={say('Hand over')}
        intro={say('Left empty, you take it yourself.')}
        fields={[{ name: 'member', label: 'Member', choices: members }]}
        run={({ member }) => run(source.assignDocument, { ...input, member: member || null })}
      />
      {assigneeId && (
        <ActButton {...shared} verb={say('Put back')} title={say('Put back')} run={() => run(source.unassignDocument, input)} />
      )}
      <ActButton
        {...shared}
        verb={say('Add evidence')}
        title={say('Add evidence')}
        fields={[
          {
            name: 'kind',
            label: 'What it is',
            required: true,
            choices: EVIDENCE.map((value) => ({ value, words: say.word(value.toUpperCase()) })),
          },
          { name: 'name', label: 'Its id, or the words', required: true, kind: 'long' },
        ]}
        run={({ kind = 'text', name = '' }) => run(source.evidenceDocument, { ...input, [kind]: name })}
      />
      <ActButton
        {...shared}
        verb={say('Other deadline')}
        title={say('Other deadline')}
        fields={[{ name: 'dueAt', label: 'Due', kind: 'day', required: true }, REASON]}
        run={({ dueAt = '', reason = '' }) => run(source.deadlineDocument, { ...input, dueAt: `${dueAt}T00:00:00Z`, reason })}
      />
    </Box>
  );
}

const EVIDENCE = ['click', 'order', 'customer', 'text'] as const;
