import { Box, Typography } from '@mui/material';
import { Loading } from 'react-admin';
import { useAsked } from '../provider/useAsk.ts';
import { Amount } from '../ui/Amount.tsx';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Section } from '../ui/Section.tsx';
import { Timeline } from '../ui/Timeline.tsx';
import { Nothing } from '../ui/When.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { BalancesTable } from './BalancesTable.tsx';
import { EnrollmentActs } from './EnrollmentActs.tsx';
import { EnrollmentChip } from './EnrollmentChip.tsx';
import type { EnrollmentDetail } from './source.ts';
import { happeningsOf, standingDocument } from './standing.ts';

interface EnrollmentSectionProps {
  readonly affiliate: string;
  readonly name: string;
  readonly enrollment: EnrollmentDetail;
}

/** An affiliate in one program: what stands there, what it has, how it came so far. */
export function EnrollmentSection({ affiliate, name, enrollment }: EnrollmentSectionProps) {
  const { program } = enrollment;
  return (
    <Section title={{ name: program.name }}>
      <Box sx={{ display: 'grid', gap: 2.5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Place enrollment={enrollment} />
        <EnrollmentActs affiliate={affiliate} name={name} enrollment={enrollment} />
        <Standing key={program.key} affiliate={affiliate} program={program.key} />
      </Box>
    </Section>
  );
}

/** What is told only where there is something. */
const OPTIONAL: readonly (readonly [name: Sentence, read: (enrollment: EnrollmentDetail) => string])[] = [
  ['Own customer account', ({ customer }) => customer ?? ''],
  ['Account manager', ({ accountManager: manager }) => [manager?.name, manager?.email].filter(Boolean).join(', ')],
  ['Permitted channels', ({ permissions }) => permissions.flatMap(({ granted, channel }) => (granted ? [channel] : [])).join(', ')],
  ['Accepted documents', ({ documents }) => documents.join(', ')],
  ['Warned under', ({ warnings }) => warnings.join(', ')],
];

/** Where somebody stands in a program. */
function Place({ enrollment }: { readonly enrollment: EnrollmentDetail }) {
  const { class: rank, paidSales, payingCustomers, qualityFactor } = enrollment;
  return (
    <Facts
      facts={[
        ['Status', <EnrollmentChip key="status" enrollment={enrollment} />],
        ['Class', rank ?? <Nothing key="class" />],
        ['Paid sales', <Amount key="sales" value={paidSales.amount} unit={paidSales.currency} />],
        ['Paying customers', String(payingCustomers)],
        ['Quality factor', qualityFactor],
        ...OPTIONAL.flatMap(([name, read]) => (read(enrollment) ? [[name, read(enrollment)] as const] : [])),
      ]}
    />
  );
}

/** What the affiliate has, and all that happened. */
function Standing({ affiliate, program }: { readonly affiliate: string; readonly program: string }) {
  const say = useSay();
  const { data, error, refetch } = useAsked(standingDocument, { program, affiliate });
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading sx={{ minHeight: 240 }} />;
  return (
    <>
      <BalancesTable balances={data.balances?.units ?? []} />
      <Box>
        <Typography variant="h3" sx={{ mb: 1 }}>
          {say('What happened')}
        </Typography>
        <Timeline happenings={happeningsOf(data, say)} />
      </Box>
    </>
  );
}
