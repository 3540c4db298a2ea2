import { Box, Typography } from '@mui/material';
import { useWalk } from '../keys/useWalk.ts';
import { programId } from '../provider/source.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { BesideLink } from '../ui/BesideLink.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { Composer } from './Composer.tsx';
import { RequestActs } from './RequestActs.tsx';
import { RequestChip } from './RequestList.tsx';
import type { RequestDetail } from './source.ts';
import { Thread } from './Thread.tsx';

/** A request beside the list: what is asked, all that was said, and what can be done. */
export function RequestSheet() {
  const say = useSay();
  const { opened, close, goOn } = useWalk();
  return (
    <RecordSheet<RequestDetail>
      id={opened}
      onClose={close}
      title={(request) => say('%{name}: %{kind}', { name: nameOf(request), kind: say.word(request.kind) })}
      beside={(request) => <RequestChip request={request} />}
      isWhole={isDetailed}
    >
      {(request) => <Request key={request.id} request={request} onDecided={goOn} />}
    </RecordSheet>
  );
}

/** A list has the row only; what was said follows. */
const isDetailed = (request: RequestDetail): boolean => 'thread' in request;

const nameOf = ({ enrollment: { affiliate } }: RequestDetail) => affiliate.name ?? affiliate.externalId;

function Request({ request, onDecided }: { readonly request: RequestDetail; readonly onDecided: () => void }) {
  const say = useSay();
  const { externalId, enrollment, assignee, openedAt, thread, closedAt } = request;
  const { affiliate, program } = enrollment;
  return (
    <>
      <RequestActs request={request} onDecided={onDecided} />
      <Facts
        facts={[
          ['About', <Subject key="about" request={request} />],
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['Seen to by', assignee ?? <Nothing key="assignee" words={say('nobody')} />],
          ['Asked for', <When key="asked" at={openedAt} exact />],
          ['Id', externalId],
        ]}
      />
      <Details request={request} />
      <Box component="section" aria-label={say('What was said')}>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What was said')}
        </Typography>
        <Thread thread={thread} affiliate={nameOf(request)} />
      </Box>
      {closedAt === null && <Composer request={request} />}
    </>
  );
}

/** Where what speaks for it stands. */
const EVIDENCE: Readonly<Partial<Record<RequestDetail['kind'], string>>> = { CLASS: 'classes', CASE: 'cases' };

/** What it is about, with a way there where there is one. */
function Subject({ request: { kind, subject, reference, enrollment } }: { readonly request: RequestDetail }) {
  if (subject === null) return <Nothing />;
  const list = EVIDENCE[kind];
  if (list && reference) return <BesideLink list={list} id={reference} words={subject} />;
  if (kind === 'ORDER_FACT') return <RecordLink resource="orders" id={programId.write(enrollment.program.key, subject)} words={subject} />;
  return subject;
}

/** Payment details that are asked for. */
function Details({ request: { payoutMethod } }: { readonly request: RequestDetail }) {
  const say = useSay();
  if (!payoutMethod) return null;
  const { kind, account, holder, bank, currency } = payoutMethod;
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {say('Payment details that are asked for')}
      </Typography>
      <Facts
        facts={[
          ['Method', say.word(kind)],
          ['Account', account ?? <Nothing key="account" />],
          ['Holder', holder ?? <Nothing key="holder" />],
          ['Bank (BIC)', bank ?? <Nothing key="bank" />],
          ['Currency', currency ?? <Nothing key="currency" />],
        ]}
      />
    </Box>
  );
}
