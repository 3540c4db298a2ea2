import { Link as Anchor } from '@mui/material';
import { AffiliateLink } from '../ui/AffiliateLink.tsx';
import { TextFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
import type { LinkRecord } from './source.ts';

/** Links of affiliates: the address that they publish, and where it leads. */
export function LinkList() {
  return (
    <ListPage
      title="Links"
      sort={{ field: 'id', order: 'DESC' }}
      isOfOneProgram
      filters={<TextFilter source="affiliate" label="Affiliate id" />}
      empty="No affiliate of this program has made a link yet. They make them over the API, to pages of the merchant."
      table={<Table />}
      small={
        <SmallRows<LinkRecord>
          row={({ code, vanity, url, affiliate, createdAt, rate }) => ({
            title: vanity ?? code,
            amount: rate && `${rate} %`,
            below: `${affiliate.name ?? affiliate.externalId} · ${url}`,
            at: createdAt,
          })}
        />
      }
    />
  );
}

function Table() {
  const say = useSay();
  return (
    <ListTable<LinkRecord>>
      <Col<LinkRecord> label="Short code" render={({ code, vanity, trackingUrl }) => <code title={trackingUrl}>{vanity ?? code}</code>} />
      <Col<LinkRecord>
        label="Leads to"
        sx={{ overflowWrap: 'anywhere', maxWidth: 420 }}
        render={({ url }) => (
          <Anchor href={url} target="_blank" rel="noreferrer" underline="hover">
            {url}
          </Anchor>
        )}
      />
      <Col<LinkRecord> label="Affiliate" render={({ affiliate }) => <AffiliateLink affiliate={affiliate} />} />
      <Col<LinkRecord> label="Sub id" render={({ subId }) => subId ?? <Nothing />} />
      <Col<LinkRecord> label="Kind" render={({ kind }) => (kind ? say.word(kind) : <Nothing />)} />
      <Col<LinkRecord> label="Rate, about" align="right" render={({ rate }) => (rate ? `${rate} %` : <Nothing />)} />
      <Col<LinkRecord> label="Made" render={({ createdAt }) => <When at={createdAt} />} />
    </ListTable>
  );
}
