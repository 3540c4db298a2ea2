import { Box } from '@mui/material';
import { useState } from 'react';
import { useGetIdentity } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { type Field, REASON, type Values } from '../acts/ActField.tsx';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { useMay } from '../session/may.ts';
import { type Sentence, useSay } from '../words/words.ts';
import * as acts from './acts.ts';
import { assigneesDocument, DECIDED_BY, type RequestDetail, type RequestKind } from './source.ts';

/** What follows from a grant, beside that it is said. */
const FOLLOWS: Readonly<Partial<Record<RequestKind, Sentence>>> = {
  PAYOUT_METHOD: 'The affiliate is paid to these details from now on. Earlier ones are kept.',
  CHANNEL: 'Clicks through the channel count from now on.',
  SOURCE_REVIEW: 'The source suits. The affiliate reads the advice.',
  PRODUCT_EXCHANGE: 'The product counts as sent; the points have left already.',
  CLASS: 'The class holds for orders placed from now on.',
};

interface RequestActsProps {
  readonly request: RequestDetail;
  /** It is settled: on to the next. */
  readonly onDecided: () => void;
}

/** Granting or answering, refusing, handing over: what one may do of it. */
export function RequestActs({ request, onDecided }: RequestActsProps) {
  if (request.closedAt !== null) return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <Decide request={request} onDecided={onDecided} />
      <HandOver request={request} />
    </Box>
  );
}

function Decide({ request, onDecided }: RequestActsProps) {
  const say = useSay();
  const may = useMay();
  const run = useAct();
  const { kind, externalId, enrollment } = request;
  const { program, affiliate } = enrollment;
  const decidedBy = DECIDED_BY[kind];
  const offered = may('REQUEST_ANSWER', program.key) && (decidedBy === undefined || may(decidedBy, program.key));
  if (!offered) return null;
  const input = { program: program.key, request: externalId };
  const name = affiliate.name ?? affiliate.externalId;
  const follows = FOLLOWS[kind];
  const words: Field = {
    name: 'text',
    label: kind === 'SOURCE_REVIEW' ? 'Advice' : 'Answer',
    kind: 'long',
    required: decidedBy === undefined || kind === 'SOURCE_REVIEW',
  };
  const shared = { needs: 'REQUEST_ANSWER', program: program.key } as const;
  const grant = {
    title: say(decidedBy ? 'Grant what %{name} asks for' : 'Answer %{name}', { name }),
    intro: say(follows ?? 'The answer settles the request. The affiliate reads it.'),
    fields: [words],
    verb: say(decidedBy ? 'Grant' : 'Answer'),
    run: async ({ text = '' }: Values) => {
      if (decidedBy) await run(acts.grant, { ...input, text: text.trim() || null });
      else await run(acts.answer, { ...input, text });
      onDecided();
    },
  };
  const refuse = {
    title: say('Refuse what %{name} asks for', { name }),
    intro: say('The affiliate reads the reason.'),
    fields: [REASON],
    verb: say('Refuse'),
    isGrave: true,
    run: async ({ reason = '' }: Values) => {
      await run(acts.refuse, { ...input, reason });
      onDecided();
    },
  };
  return (
    <>
      <ActButton {...shared} {...grant} shortcut="a" variant="contained" />
      <ActButton {...shared} {...refuse} shortcut="r" />
    </>
  );
}

/** To somebody else of staff, to oneself, or back to all. */
function HandOver({ request }: { readonly request: RequestDetail }) {
  const say = useSay();
  const run = useAct();
  const { identity } = useGetIdentity();
  const { externalId, assignee, enrollment } = request;
  const { key } = enrollment.program;
  const [isHanding, setHanding] = useState(false);
  const { data } = useAsked(assigneesDocument, { program: key }, { enabled: isHanding });
  const input = { program: key, request: externalId };
  const shared = { needs: 'REQUEST_ANSWER', program: key } as const;
  return (
    <>
      {identity && identity.fullName !== assignee && (
        <ActButton
          {...shared}
          verb={say('See to it')}
          title={say('See to it yourself')}
          intro={say('Others of staff see that you do.')}
          run={() => run(acts.assign, input)}
        />
      )}
      <ActButton
        {...shared}
        verb={say('Hand over')}
        onOpen={() => setHanding(true)}
        title={say('Hand it to somebody else')}
        fields={[
          {
            name: 'member',
            label: 'Member',
            required: true,
            choices: (data?.assignees ?? []).map(({ id, name }) => ({ value: id, words: name })),
          },
        ]}
        run={({ member = '' }) => run(acts.assign, { ...input, member })}
      />
      {assignee && (
        <ActButton
          {...shared}
          variant="text"
          verb={say('Put back')}
          title={say('Put it back for anybody to see to')}
          run={() => run(acts.unassign, input)}
        />
      )}
    </>
  );
}
