import { ActButton } from '../acts/ActButton.tsx';
import type { Field } from '../acts/ActField.tsx';
import { useAct } from '../provider/useAsk.ts';
import { Section } from '../ui/Section.tsx';
import { SmallTable } from '../ui/SmallTable.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { type ProgramRecord, type Settings, setSecondPerson } from './source.ts';

type Rule = Settings['secondPersonRules'][number];

const ACTS: Readonly<Record<Rule['kind'], Sentence>> = {
  TERMS: 'Publishing terms',
  WITHDRAWAL: 'Approving a withdrawal',
  ADJUSTMENT: 'Adjusting a balance',
  BATCH: 'Approving a payout batch',
  CLOSING: 'Closing the program',
};
/** Acts that move an amount: those above a limit need two people. */
const BY_AMOUNT: ReadonlySet<Rule['kind']> = new Set(['WITHDRAWAL', 'ADJUSTMENT']);

/** Which acts need a second person. */
export function SecondPerson({ program, rules }: { readonly program: ProgramRecord; readonly rules: readonly Rule[] }) {
  const say = useSay();
  return (
    <Section title="Second person">
      <SmallTable
        label="Second person"
        rows={rules}
        keyOf={({ kind }) => kind}
        columns={[
          { label: 'Act', isHead: true, cell: ({ kind }) => say(ACTS[kind]) },
          { label: 'Needs two people', cell: (rule) => <InWords rule={rule} /> },
          { label: 'Acts', isNumber: true, cell: (rule) => <Change program={program} rule={rule} /> },
        ]}
      />
    </Section>
  );
}

function InWords({ rule: { kind, on, limits } }: { readonly rule: Rule }) {
  const say = useSay();
  if (!on) return say('No');
  if (!BY_AMOUNT.has(kind)) return say('Yes');
  const above = limits.map(({ unit, amount }) => say('above %{sum}', { sum: `${say.decimal(amount)} ${unit}` }));
  return above.join(', ') || say('No: no limit is set');
}

function Change({ program: { key, name, unit }, rule: { kind, on, limits } }: { readonly program: ProgramRecord; readonly rule: Rule }) {
  const say = useSay();
  const run = useAct();
  const limit = limits.find((one) => one.unit === unit)?.amount ?? '';
  const fields: Field[] = [
    {
      name: 'on',
      label: 'Needs two people',
      required: true,
      value: on ? 'yes' : 'no',
      choices: [
        { value: 'yes', words: say('Yes') },
        { value: 'no', words: say('No') },
      ],
    },
    ...(BY_AMOUNT.has(kind)
      ? [{ name: 'limits', label: 'Above', kind: 'number', value: limit, help: 'In what the program pays in' } as const]
      : []),
    {
      name: 'where',
      label: 'Where',
      required: true,
      value: 'here',
      choices: [
        { value: 'here', words: name },
        { value: 'all', words: say('all programs without a rule of their own') },
      ],
    },
  ];
  return (
    <ActButton
      needs="SETTING_MANAGE"
      program={key}
      variant="text"
      verb={say('Change it')}
      title={say('%{act}: who must agree', { act: say(ACTS[kind]) })}
      intro={say('That fewer acts need two people needs a second person itself.')}
      fields={fields}
      run={({ on: wanted, limits: above, where }) =>
        run(setSecondPerson, {
          kind,
          on: wanted === 'yes',
          program: where === 'here' ? key : null,
          limits: [...limits.filter((one) => one.unit !== unit), ...(above?.trim() ? [{ unit, amount: above.trim() }] : [])],
        })
      }
    />
  );
}
