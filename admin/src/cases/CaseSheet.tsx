import { Box, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { ActButton } from '../acts/ActButton.tsx';
import { useWalk } from '../keys/useWalk.ts';
import { useAct, useAsked } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Facts } from '../ui/Facts.tsx';
import { SideSheet } from '../ui/SideSheet.tsx';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CaseChip } from './CaseList.tsx';
import { type CaseRecord, caseTermsDocument, confirmDocument, dismissDocument } from './source.ts';

/** A suspected breach beside the list: what the terms say, what speaks for it, what follows. */
export function CaseSheet() {
  const say = useSay();
  const { data = [] } = useListContext<CaseRecord>();
  const { opened, close } = useWalk();
  const found = data.find(({ id }) => id === opened);
  const title = found
    ? say('%{name}: suspected breach of %{rule}', {
        name: found.enrollment.affiliate.name ?? found.enrollment.affiliate.externalId,
        rule: found.rule,
      })
    : null;
  return (
    <SideSheet title={title} beside={found && <CaseChip found={found} />} onClose={close}>
      {found && <Found found={found} />}
    </SideSheet>
  );
}

function Found({ found }: { readonly found: CaseRecord }) {
  const say = useSay();
  const run = useAct();
  const { rule, status, enrollment, openedAt, evidence, evidenceCount } = found;
  const { affiliate, program } = enrollment;
  const { data } = useAsked(caseTermsDocument, { program: program.key });
  const clauses = (data?.program?.terms?.clauses ?? []).filter((clause) => clause.rule === rule);
  const input = { program: program.key, affiliate: affiliate.externalId, rule };
  const shared = { needs: 'CASE_SETTLE', program: program.key } as const;
  return (
    <>
      {status === 'OPEN' && (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <ActButton
            {...shared}
            isGrave
            variant="contained"
            verb={say('Confirm the breach')}
            title={say('Confirm the breach of %{rule}', { rule })}
            intro={say('All that the terms have follow from it is done now: commissions may be taken back, and open requests undone.')}
            run={() => run(confirmDocument, input)}
          />
          <ActButton
            {...shared}
            verb={say('Dismiss')}
            title={say('Dismiss the case under %{rule}', { rule })}
            intro={say('There was no breach, or none that counts.')}
            run={() => run(dismissDocument, input)}
          />
        </Box>
      )}
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['Status', say.word(enrollment.status)],
          ['Opened', <When key="opened" at={openedAt} exact />],
        ]}
      />
      <List title={say('What the terms say')} lines={clauses.map(({ sentence }) => sentence)} />
      <List title={say('What speaks for it (%{count})', { count: evidenceCount })} lines={evidence} />
    </>
  );
}

function List({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  return (
    <Box>
      <Typography variant="h3" sx={{ mb: 1 }}>
        {title}
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {lines.map((line) => (
          <Typography component="li" variant="body2" key={line} sx={{ overflowWrap: 'anywhere' }}>
            {line}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
