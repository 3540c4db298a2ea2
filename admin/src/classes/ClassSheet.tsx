import { Box } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { approveClass, refuseClass } from '../affiliates/acts.ts';
import { useWalk } from '../keys/useWalk.ts';
import { useAct } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { ClassChip } from './ClassList.tsx';
import { Evidence, Measures } from './Evidence.tsx';
import type { ClassRecord } from './source.ts';

/** A request for a class beside the list, with what speaks for it. */
export function ClassSheet() {
  const say = useSay();
  const { opened, close } = useWalk();
  return (
    <RecordSheet<ClassRecord>
      id={opened}
      onClose={close}
      title={(request) => say('%{name} asks for the class %{class}', { name: nameOf(request), class: request.class })}
      beside={(request) => <ClassChip request={request} />}
    >
      {(request) => <Request key={request.id} request={request} />}
    </RecordSheet>
  );
}

const nameOf = ({ enrollment: { affiliate } }: ClassRecord) => affiliate.name ?? affiliate.externalId;

function Request({ request }: { readonly request: ClassRecord }) {
  const say = useSay();
  const run = useAct();
  const { enrollment, class: wanted, status, requestedAt } = request;
  const { affiliate, program, paidSales } = enrollment;
  const input = { program: program.key, affiliate: affiliate.externalId };
  const shared = { needs: 'CLASS_DECIDE', program: program.key } as const;
  return (
    <>
      {status === 'REQUESTED' && (
        <Box sx={{ display: 'flex', gap: 1 }}>
          <ActButton
            {...shared}
            variant="contained"
            shortcut="a"
            verb={say('Approve')}
            title={say('Raise %{name} to the class %{class}', { name: nameOf(request), class: wanted })}
            intro={say('The class holds for orders placed from now on.')}
            run={() => run(approveClass, input)}
          />
          <ActButton
            {...shared}
            isGrave
            shortcut="r"
            verb={say('Refuse')}
            title={say('Refuse the class %{class}', { class: wanted })}
            fields={[{ name: 'reason', label: 'Reason', required: true }]}
            run={({ reason = '' }) => run(refuseClass, { ...input, reason })}
          />
        </Box>
      )}
      <Facts
        facts={[
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['Has', enrollment.class ?? <Nothing key="has" />],
          ['Wants', wanted],
          ['Paid sales', <Amount key="sales" value={paidSales.amount} unit={paidSales.currency} />],
          ['Asked for', <When key="asked" at={requestedAt} exact />],
        ]}
      />
      {request.evidence && <Measures evidence={request.evidence} />}
      <Evidence request={request} />
    </>
  );
}
