import { Box, Paper, Skeleton, Typography } from '@mui/material';
import { LinkBase } from 'react-admin';
import { type Permission, useMay } from '../session/may.ts';
import { WAITING } from '../withdrawals/waiting.ts';
import { type Sentence, useSay } from '../words/words.ts';
import { ageOf } from './age.ts';
import type { Waiting } from './source.ts';

interface Tile {
  readonly kind: Waiting['kind'];
  readonly label: Sentence;
  readonly page: string;
  readonly filter: Readonly<Record<string, string>>;
  readonly needs: Permission;
}

const TILES: readonly Tile[] = [
  { kind: 'APPLICATION', label: 'Applications', page: 'applications', filter: { status: 'APPLIED' }, needs: 'APPLICATION_REVIEW' },
  { kind: 'REQUEST', label: 'Requests', page: 'requests', filter: { state: 'OPEN' }, needs: 'REQUEST_ANSWER' },
  { kind: 'CLASS_REQUEST', label: 'Class requests', page: 'classes', filter: { status: 'REQUESTED' }, needs: 'CLASS_DECIDE' },
  { kind: 'WITHDRAWAL', label: 'Withdrawals', page: 'withdrawals', filter: WAITING, needs: 'WITHDRAWAL_DECIDE' },
  {
    kind: 'CONTRADICTION',
    label: 'Contradicted payments',
    page: 'withdrawals',
    filter: { contradicted: 'yes' },
    needs: 'WITHDRAWAL_DECIDE',
  },
  { kind: 'MISFIT', label: 'Refunds that do not fit', page: 'orders', filter: { misfit: 'yes' }, needs: 'ORDER_CORRECT' },
  { kind: 'CASE', label: 'Cases', page: 'cases', filter: { status: 'OPEN' }, needs: 'CASE_SETTLE' },
];

interface WaitingTilesProps {
  /** Undefined: it is not known yet. */
  readonly waiting: readonly Waiting[] | undefined;
  readonly now: string | undefined;
}

/** How much waits for whoever looks, and since when; each tile opens its list. */
export function WaitingTiles({ waiting, now }: WaitingTilesProps) {
  const say = useSay();
  const may = useMay();
  const tiles = TILES.filter(({ needs }) => may(needs));
  return (
    <Box
      component="nav"
      aria-label={say('What waits for you')}
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(140px, 1fr))' }}
    >
      {tiles.map(({ kind, label, page, filter }) => {
        const found = waiting?.filter((one) => one.kind === kind) ?? [];
        const count = found.reduce((sum, one) => sum + one.count, 0);
        const [oldest] = found.map((one) => one.oldest).sort();
        return (
          <Paper
            key={kind}
            component={LinkBase}
            to={`/${page}?${new URLSearchParams({ filter: JSON.stringify(filter) })}`}
            sx={{ p: 2, textDecoration: 'none', color: 'text.primary', '&:hover': { borderColor: 'primary.main' } }}
          >
            <Typography variant="body2" color="textSecondary">
              {say(label)}
            </Typography>
            <Typography sx={{ fontSize: '1.75rem', fontWeight: 600, lineHeight: 1.3 }}>
              {waiting ? say.decimal(String(count)) : <Skeleton width={40} />}
            </Typography>
            <Typography variant="caption" color="textSecondary" sx={{ display: 'block', lineHeight: 1.4 }}>
              {oldest && now ? say('the oldest for %{age}', { age: ageOf(oldest, now, say) }) : say('nothing waits')}
            </Typography>
          </Paper>
        );
      })}
    </Box>
  );
}
