import { Box, Button, Tab, Tabs, Typography } from '@mui/material';
import { LinkBase, Loading, ShowBase, useLocation, useNavigate, useShowContext } from 'react-admin';
import { useMay } from '../session/may.ts';
import { mayOpen } from '../session/needs.ts';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { Nothing, When } from '../ui/When.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { EnrollmentSection } from './EnrollmentSection.tsx';
import type { AffiliateRecord, EnrollmentDetail } from './source.ts';

export function AffiliateShow() {
  return (
    <ShowBase queryOptions={saidInPlace}>
      <Affiliate />
    </ShowBase>
  );
}

function Affiliate() {
  const say = useSay();
  const { record, error, refetch } = useShowContext<AffiliateRecord>();
  return (
    <Page title={record ? (record.name ?? record.externalId) : say('Affiliate')}>
      {error && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {record ? <Record affiliate={record} /> : !error && <Loading />}
    </Page>
  );
}

function Record({ affiliate }: { readonly affiliate: AffiliateRecord }) {
  const say = useSay();
  const { externalId, email, country, createdAt, enrollments } = affiliate;
  return (
    <>
      <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between' }}>
        <Facts
          facts={[
            ['Id', externalId],
            ['E-mail', email ?? <Nothing key="email" />],
            ['Country', country ?? <Nothing key="country" />],
            ['Joined', <When key="joined" at={createdAt} exact />],
          ]}
        />
        <Lists affiliate={affiliate} />
      </Box>
      {enrollments.length === 0 && <Typography>{say('In no program yet.')}</Typography>}
      {enrollments.every(isDetailed) ? (
        <Enrollments affiliate={affiliate} enrollments={enrollments.filter(isDetailed)} />
      ) : (
        <Loading sx={{ minHeight: 240 }} />
      )}
    </>
  );
}

interface EnrollmentsProps {
  readonly affiliate: AffiliateRecord;
  readonly enrollments: readonly EnrollmentDetail[];
}

/** One program at a time: of who is in several, the one that is chosen. */
function Enrollments({ affiliate, enrollments }: EnrollmentsProps) {
  const say = useSay();
  const { chosen, choose } = useChosenProgram();
  const shown = enrollments.find(({ program }) => program.key === chosen) ?? enrollments[0];
  if (!shown) return null;
  return (
    <>
      {enrollments.length > 1 && (
        <Tabs
          value={shown.program.key}
          onChange={(_event, key: string) => choose(key)}
          variant="scrollable"
          aria-label={say('Programs')}
          sx={{ borderBottom: 1, borderColor: 'divider' }}
        >
          {enrollments.map(({ program }) => (
            <Tab key={program.key} value={program.key} label={program.name} />
          ))}
        </Tabs>
      )}
      <EnrollmentSection affiliate={affiliate.externalId} name={affiliate.name ?? affiliate.externalId} enrollment={shown} />
    </>
  );
}

/** Kept in the address, so that it can be sent to a colleague. */
function useChosenProgram() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const chosen = new URLSearchParams(search).get('program');
  const choose = (key: string) => navigate({ pathname, search: `?${new URLSearchParams({ program: key })}` }, { replace: true });
  return { chosen, choose };
}

/** A list has the row only; the rest follows. */
function isDetailed(enrollment: AffiliateRecord['enrollments'][number]): enrollment is EnrollmentDetail {
  return 'paidSales' in enrollment;
}

/** What there is of an affiliate beyond this page. Links are listed program by program. */
const LISTS: readonly { readonly resource: string; readonly words: Sentence; readonly isOfOneProgram?: boolean }[] = [
  { resource: 'orders', words: 'Orders' },
  { resource: 'commissions', words: 'Commissions' },
  { resource: 'customers', words: 'Customers' },
  { resource: 'links', words: 'Links', isOfOneProgram: true },
  { resource: 'withdrawals', words: 'Withdrawals' },
  { resource: 'requests', words: 'Requests' },
  { resource: 'ledger', words: 'Ledger' },
];

function Lists({ affiliate: { externalId, enrollments } }: { readonly affiliate: AffiliateRecord }) {
  const say = useSay();
  const may = useMay();
  const { chosen } = useChosenProgram();
  const program = chosen ?? enrollments[0]?.program.key;
  const offered = LISTS.filter(({ resource }) => mayOpen(may, resource));
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {offered.map(({ resource, words, isOfOneProgram }) => {
        const filter = JSON.stringify({ affiliate: externalId, ...(isOfOneProgram && program ? { program } : {}) });
        return (
          <Button
            key={resource}
            component={LinkBase}
            to={`/${resource}?${new URLSearchParams({ filter })}`}
            size="small"
            variant="outlined"
          >
            {say(words)}
          </Button>
        );
      })}
    </Box>
  );
}
