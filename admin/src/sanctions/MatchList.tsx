import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { OpenLink, useRowOpens } from '../ui/OpenLink.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { useOpened } from '../ui/useOpened.ts';
import { When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import { Lists } from './Lists.tsx';
import { MatchSheet } from './MatchSheet.tsx';
import { MATCH_STATUSES, MATCH_TONES, type MatchRecord } from './source.ts';

/** Affiliates who may be on a sanctions list. Nothing is paid to them until somebody settles it. */
export function MatchList() {
  return (
    <ListPage
      title="Sanctions"
      sort={{ field: 'id', order: 'DESC' }}
      filterDefaultValues={{ status: 'HELD' }}
      empty="Nobody is held. Everybody is compared whenever a list is taken in, a name changes or money is asked for."
      filters={<WordFilter source="status" label="Status" words={MATCH_STATUSES} />}
      table={<Table />}
      small={<Small />}
      below={<Lists />}
    >
      <MatchSheet />
    </ListPage>
  );
}

export function MatchChip({ match: { status, decidedBy, reason } }: { readonly match: MatchRecord }) {
  const say = useSay();
  const why = [decidedBy && say('By %{who}', { who: decidedBy }), reason].filter(Boolean).join(': ') || undefined;
  return <StatusChip status={status} tone={MATCH_TONES[status]} why={why} />;
}

function Table() {
  const say = useSay();
  const rowClick = useRowOpens();
  return (
    <ListTable<MatchRecord> rowClick={rowClick}>
      <Col<MatchRecord> label="Name on the list" render={({ id, listedName }) => <OpenLink id={id} words={listedName} />} />
      <Col<MatchRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<MatchRecord> label="How near" render={({ kind }) => say.word(kind)} />
      <Col<MatchRecord> label="List" render={({ list }) => list} />
      <Col<MatchRecord> label="Entry" render={({ entry }) => entry} />
      <Col<MatchRecord> label="Status" render={(match) => <MatchChip match={match} />} />
      <Col<MatchRecord> label="Found" render={({ foundAt }) => <When at={foundAt} />} />
    </ListTable>
  );
}

function Small() {
  const { linkTo } = useOpened();
  return (
    <SmallRows<MatchRecord>
      row={(match) => ({
        title: match.listedName,
        to: linkTo(match.id),
        chip: <MatchChip match={match} />,
        below: `${match.affiliate.name ?? match.affiliate.externalId} · ${match.list}`,
        at: match.foundAt,
      })}
    />
  );
}
