import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { Amount } from '../ui/Amount.tsx';
import { ExportCsv } from '../ui/ExportCsv.tsx';
import { ProgramFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { RedemptionSheet } from './RedemptionSheet.tsx';
import { COUPON_TONES, REDEMPTION_KINDS, REDEMPTION_STATUSES, REDEMPTION_TONES, type RedemptionRecord } from './source.ts';

/** Points that went out for coupons, products and carts. */
export function RedemptionList() {
  return (
    <ListPage
      title="Redemptions"
      sort={{ field: 'id', order: 'DESC' }}
      empty="No points were exchanged yet. Shops do it over the API when affiliates choose coupons, products or a discount at checkout."
      filters={
        <>
          <ProgramFilter />
          <WordFilter source="kind" label="Kind" words={REDEMPTION_KINDS} />
          <WordFilter source="status" label="Status" words={REDEMPTION_STATUSES} />
          <TextFilter source="affiliate" label="Affiliate id" />
        </>
      }
      below={<ExportCsv resource="redemptions" />}
      table={<Table />}
      small={<Small />}
    >
      <RedemptionSheet />
    </ListPage>
  );
}

/** How far an exchange is; of a product that waits to be sent, that it does. */
export function RedemptionChip({ redemption: { status, kind, lapsesAt } }: { readonly redemption: RedemptionRecord }) {
  const say = useSay();
  if (status === 'REDEEMED' && kind === 'product') return <StatusChip status="TO_BE_SENT" tone="waiting" />;
  const why = status === 'HELD' && lapsesAt ? say('The hold lapses at %{instant}', { instant: say.instant(lapsesAt) }) : undefined;
  return <StatusChip status={status} tone={REDEMPTION_TONES[status]} why={why} />;
}

export function CouponChip({ redemption: { coupon } }: { readonly redemption: RedemptionRecord }) {
  const say = useSay();
  if (!coupon) return <Nothing />;
  const why = [
    coupon.usedFor && say('Used with %{order}', { order: coupon.usedFor }),
    coupon.expiresAt && say('Until %{instant}', { instant: say.instant(coupon.expiresAt) }),
  ];
  return <StatusChip status={coupon.status} tone={COUPON_TONES[coupon.status]} why={why.filter(Boolean).join('. ') || undefined} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<RedemptionRecord> rowClick={rowClick}>
      <Col<RedemptionRecord> label="Exchange" render={({ id, externalId }) => <OpenLink id={id} words={externalId} />} />
      <Col<RedemptionRecord> label="For what" render={({ kind }) => say.word(kind)} />
      <Col<RedemptionRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<RedemptionRecord> label="Program" render={({ program }) => program.name} />
      <Col<RedemptionRecord> label="Status" render={(redemption) => <RedemptionChip redemption={redemption} />} />
      <Col<RedemptionRecord> label="Coupon" render={(redemption) => <CouponChip redemption={redemption} />} />
      <Col<RedemptionRecord> label="Exchanged" render={({ redeemedAt }) => <When at={redeemedAt} />} />
      <Col<RedemptionRecord>
        label="Worth"
        align="right"
        render={({ coupon }) => (coupon ? <Amount value={coupon.worth.amount} unit={coupon.worth.currency} /> : <Nothing />)}
      />
      <Col<RedemptionRecord> label="Points" align="right" render={({ points }) => <Amount {...points} />} />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  const { linkTo } = useOpened();
  return (
    <SmallRows<RedemptionRecord>
      row={(redemption) => ({
        title: redemption.externalId,
        to: linkTo(redemption.id),
        amount: <Amount {...redemption.points} />,
        chip: <RedemptionChip redemption={redemption} />,
        below: [say.word(redemption.kind), redemption.affiliate.name ?? redemption.affiliate.externalId, redemption.program.name].join(
          ' · ',
        ),
        at: redemption.redeemedAt,
      })}
    />
  );
}
