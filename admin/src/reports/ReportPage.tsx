import { Box, MenuItem, Skeleton, TextField } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { Loading, useGetIdentity, useListContext } from 'react-admin';
import { textOf } from '../provider/filters.ts';
import { usePrograms } from '../session/usePrograms.ts';
import type { Viewer } from '../session/viewer.ts';
import { Amount } from '../ui/Amount.tsx';
import { ExportButton } from '../ui/ExportButton.tsx';
import { DayFilter, TextFilter, WordFilter } from '../ui/filters.tsx';
import { ListPage } from '../ui/ListPage.tsx';
import { Col, ListTable } from '../ui/ListTable.tsx';
import { RecordLink } from '../ui/RecordLink.tsx';
import { Section } from '../ui/Section.tsx';
import { SmallRows } from '../ui/SmallRows.tsx';
import { Nothing } from '../ui/When.tsx';
import { type Say, useSay } from '../words/words.ts';
import { barsOf } from './bars.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import { askedBy, DIMENSIONS, type Dimension, type ReportRecord, SORTS } from './source.ts';

const DAY_MS = 86_400_000;
const USUAL_DAYS = 30;
const CHART_PX = 260;
/** The charts are heavy, and come after the figures. */
const Chart = lazy(() => import('./Chart.tsx'));

/** Clicks, referrals, orders and commission of a program, added up. */
export function ReportPage() {
  const { identity } = useGetIdentity();
  const [first] = usePrograms();
  const now = (identity as Partial<Viewer> | undefined)?.now;
  if (now === undefined) return <Loading />;
  return <Report now={now} program={first?.key ?? ''} />;
}

function Report({ now, program }: { readonly now: string; readonly program: string }) {
  // Where one came from stays as it is while one reads.
  const [usual] = useState(() => ({ program, by: 'DAY', from: dayBefore(now, USUAL_DAYS - 1), to: dayBefore(now, 0) }));
  return (
    <ListPage
      title="Reports"
      sort={{ field: 'id', order: 'ASC' }}
      filterDefaultValues={usual}
      empty="Nothing happened in these days. Choose others, or another program."
      isOfOneProgram
      filters={
        <>
          <WordFilter source="by" label="Added up by" words={DIMENSIONS} />
          <DayFilter source="from" label="First day" />
          <DayFilter source="to" label="Last day" />
          <WordFilter source="order" label="Order of rows" words={SORTS} />
          <TextFilter source="affiliate" label="Affiliate id" />
        </>
      }
      glance={<Drawn />}
      below={<Export />}
      table={<Table />}
      small={<Small />}
    />
  );
}

const dayBefore = (now: string, days: number) => new Date(Date.parse(now) - days * DAY_MS).toISOString().slice(0, 10);

/** The rows of the page as bars. */
function Drawn() {
  const say = useSay();
  const { data = [], filterValues, hasPreviousPage = false, hasNextPage = false } = useListContext<ReportRecord>();
  const [measure, choose] = useState<MeasureName>('Commission');
  const [from, to, order] = ['from', 'to', 'order'].map((name) => textOf(filterValues, name));
  const bars = barsOf(data, { from, to, order, hasPrevious: hasPreviousPage, hasNext: hasNextPage });
  const [by] = data.map((row) => row.by);
  if (by === undefined || bars.length < 2) return null;
  return (
    <Section
      title={measure}
      beside={
        <TextField
          select
          label={say('Show')}
          value={measure}
          onChange={(event) => choose(event.target.value as MeasureName)}
          sx={{ width: 160 }}
        >
          {MEASURES.map(({ name }) => (
            <MenuItem key={name} value={name}>
              {say(name)}
            </MenuItem>
          ))}
        </TextField>
      }
    >
      <Box sx={{ minHeight: CHART_PX }}>
        <Suspense fallback={<Skeleton variant="rounded" height={CHART_PX} />}>
          <Chart bars={bars} measure={measure} height={CHART_PX} nameOf={({ key }) => nameOf({ by, key }, say)} />
        </Suspense>
      </Box>
    </Section>
  );
}

function Export() {
  const { filterValues } = useListContext();
  const asked = askedBy(filterValues);
  if (asked === null) return null;
  const { program, by, from, to, affiliate } = asked;
  const query = { program, from, to, by: by.toLowerCase().replaceAll('_', '-'), ...(affiliate === undefined ? {} : { affiliate }) };
  return <ExportButton address={() => `/export/report.csv?${new URLSearchParams(query)}`} />;
}

/** What a row is of, in words. */
function nameOf({ by, key }: { readonly by: Dimension; readonly key: string }, say: Say): string {
  if (by === 'TOTAL') return say('All');
  if (key === '') return say('unknown');
  if (by === 'DAY') return say.date(`${key}T00:00:00Z`);
  return by === 'COUNTRY' ? (countryIn(key, say.locale) ?? key) : key;
}

function countryIn(code: string, locale: string): string | undefined {
  return /^[A-Z]{2}$/.test(code) ? new Intl.DisplayNames(locale, { type: 'region' }).of(code) : undefined;
}

function Table() {
  const say = useSay();
  const count = (value: number) => say.decimal(String(value));
  return (
    <ListTable<ReportRecord>>
      <Col<ReportRecord>
        label="What"
        sx={{ overflowWrap: 'anywhere', maxWidth: 320 }}
        render={(row) =>
          row.by === 'AFFILIATE' && row.key ? <RecordLink resource="affiliates" id={row.key} words={row.key} /> : nameOf(row, say)
        }
      />
      <Col<ReportRecord> label="Clicks" align="right" render={({ clicks }) => count(clicks)} />
      <Col<ReportRecord> label="Of them barred" align="right" render={({ barredClicks }) => count(barredClicks)} />
      <Col<ReportRecord> label="Referrals" align="right" render={({ referrals }) => count(referrals)} />
      <Col<ReportRecord> label="Orders" align="right" render={({ orders }) => count(orders)} />
      <Col<ReportRecord> label="Rejected" align="right" render={({ rejectedOrders }) => count(rejectedOrders)} />
      <Col<ReportRecord> label="Sales" align="right" render={({ sales }) => <Amount value={sales.amount} unit={sales.currency} />} />
      <Col<ReportRecord> label="Commission" align="right" render={({ commission }) => <Amount {...commission} />} />
      <Col<ReportRecord>
        label="Per click"
        align="right"
        render={({ earningsPerClick }) => (earningsPerClick === null ? <Nothing /> : say.decimal(earningsPerClick))}
      />
      <Col<ReportRecord>
        label="Orders per 100 clicks"
        align="right"
        render={({ conversionRate }) => (conversionRate === null ? <Nothing /> : say.decimal(conversionRate))}
      />
    </ListTable>
  );
}

function Small() {
  const say = useSay();
  return (
    <SmallRows<ReportRecord>
      row={(row) => ({
        title: nameOf(row, say),
        amount: <Amount {...row.commission} />,
        below: `${say('Clicks')}: ${say.decimal(String(row.clicks))} · ${say('Orders')}: ${say.decimal(String(row.orders))}`,
      })}
    />
  );
}
