import { Box, Typography } from '@mui/material';
import { ActButton } from '../acts/ActButton.tsx';
import { useAct } from '../provider/useAsk.ts';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { Facts } from '../ui/Facts.tsx';
import { RecordSheet } from '../ui/RecordSheet.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { CouponChip, RedemptionChip } from './RedemptionList.tsx';
import { fulfil, type RedemptionRecord, refuse, release } from './source.ts';

/** An exchange of points beside the list, with the coupon that it bought. */
export function RedemptionSheet() {
  const say = useSay();
  const { opened, close } = useOpened();
  return (
    <RecordSheet<RedemptionRecord>
      id={opened}
      onClose={close}
      title={({ externalId }) => say('Exchange %{id}', { id: externalId })}
      beside={(redemption) => <RedemptionChip redemption={redemption} />}
    >
      {(redemption) => <Found key={redemption.id} redemption={redemption} />}
    </RecordSheet>
  );
}

function Found({ redemption }: { readonly redemption: RedemptionRecord }) {
  const say = useSay();
  const { kind, points, affiliate, program, redeemedAt, decidedAt, lapsesAt, coupon, status } = redemption;
  return (
    <>
      <Box sx={{ fontSize: '1.375rem', fontWeight: 600 }}>
        <Amount {...points} />
      </Box>
      <Acts redemption={redemption} />
      <Facts
        facts={[
          ['For what', say.word(kind)],
          ['Affiliate', <AffiliateLink key="affiliate" affiliate={affiliate} />],
          ['Program', program.name],
          ['Exchanged', <When key="redeemed" at={redeemedAt} exact />],
          ...(status === 'HELD' ? [['The hold lapses', <When key="lapses" at={lapsesAt} exact />] as const] : []),
          ['Ended', <When key="ended" at={decidedAt} exact />],
        ]}
      />
      {coupon && (
        <Box component="section" aria-label={say('Coupon')}>
          <Typography variant="h3" sx={{ mb: 1 }}>
            {say('Coupon')}
          </Typography>
          <Facts
            facts={[
              ['Status', <CouponChip key="status" redemption={redemption} />],
              ['Worth', <Amount key="worth" value={coupon.worth.amount} unit={coupon.worth.currency} />],
              ['Expires', coupon.expiresAt ? <When key="expires" at={coupon.expiresAt} exact /> : say('never')],
              ['Used', <When key="used" at={coupon.usedAt} exact />],
              ['Order', coupon.usedFor ?? <Nothing key="order" />],
            ]}
          />
        </Box>
      )}
    </>
  );
}

function Acts({ redemption }: { readonly redemption: RedemptionRecord }) {
  const say = useSay();
  const run = useAct();
  const { program, externalId, status, kind, points, coupon } = redemption;
  const input = { program: program.key, redemption: externalId };
  const sum = `${say.decimal(points.value)} ${points.unit}`;
  const decide = { needs: 'REDEMPTION_DECIDE', program: program.key } as const;
  if (status === 'HELD') {
    return (
      <Box>
        <ActButton
          needs="REDEMPTION_MAKE"
          program={program.key}
          verb={say('Give %{sum} back', { sum })}
          title={say('End the hold of %{id}', { id: externalId })}
          intro={say('The cart holds the points no longer; the affiliate has them again.')}
          run={() => run(release, input)}
        />
      </Box>
    );
  }
  if (status !== 'REDEEMED' || coupon?.status === 'USED') return null;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {kind === 'product' && (
        <ActButton
          {...decide}
          variant="contained"
          verb={say('It was sent')}
          title={say('Note that the product of %{id} was sent', { id: externalId })}
          run={() => run(fulfil, input)}
        />
      )}
      <ActButton
        {...decide}
        isGrave
        verb={say('Refuse')}
        title={say('Refuse the exchange %{id}', { id: externalId })}
        intro={say('%{sum} come back to the affiliate. A coupon that it bought is void.', { sum })}
        run={() => run(refuse, input)}
      />
    </Box>
  );
}
