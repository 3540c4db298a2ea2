import { Box, Button, Tab, Tabs, Typography } from '@mui/material';
import { LinkBase, Loading, ShowBase, useLocation, useNavigate, useShowContext } from 'react-admin';
import { ErrorNote } from '../ui/ErrorNote.tsx';
import { Facts } from '../ui/Facts.tsx';
import { Page } from '../ui/Page.tsx';
import { saidInPlace } from '../ui/saidInPlace.ts';
import { Nothing, When } from '../ui/When.tsx';
import { useSay } from '../words/words.ts';
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
        <Box sx={{ display: 'flex', gap: 1 }}>
          <FilteredLink resource="commissions" affiliate={externalId} words={say('Commissions')} />
          <FilteredLink resource="orders" affiliate={externalId} words={say('Orders')} />
        </Box>
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

function FilteredLink({ resource, affiliate, words }: { readonly resource: string; readonly affiliate: string; readonly words: string }) {
  const search = new URLSearchParams({ filter: JSON.stringify({ affiliate }) });
  return (
    <Button component={LinkBase} to={`/${resource}?${search}`} size="small" variant="outlined">
      {words}
    </Button>
  );
}
