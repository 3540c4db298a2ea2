import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { Link, type RaRecord, type RouterTo, useListContext } from 'react-admin';
import { When } from './When.tsx';

export interface SmallRow {
  readonly title: string;
  readonly to?: RouterTo;
  /** Before the title: a box to tick. */
  readonly before?: ReactNode;
  readonly amount?: ReactNode;
  /** At the end: in which state it is, or what can be done with it. */
  readonly chip?: ReactNode;
  readonly below: ReactNode;
  readonly at?: string | undefined;
  /** With the time of day. */
  readonly isExact?: boolean;
}

/** A list on a phone: what the table's most telling columns say. */
export function SmallRows<Row extends RaRecord>({ row }: { readonly row: (record: Row) => SmallRow }) {
  const { data = [] } = useListContext<Row>();
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {data.map((record) => (
        <RowItem key={record.id} row={row(record)} />
      ))}
    </Box>
  );
}

const spread = { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: 2 };

function RowItem({ row: { title, to, before, amount, chip, below, at, isExact = false } }: { readonly row: SmallRow }) {
  return (
    <Box component="li" sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider', display: 'grid', gap: 0.5 }}>
      <Box sx={spread}>
        <Typography variant="body1" component="div" sx={{ fontWeight: 500 }}>
          {before} {to ? <Link to={to}>{title}</Link> : title}
        </Typography>
        {amount}
      </Box>
      <Box sx={spread}>
        <Typography variant="body2" component="div" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {below}
        </Typography>
        {chip}
      </Box>
      {at && (
        <Typography variant="caption" color="textSecondary">
          <When at={at} exact={isExact} />
        </Typography>
      )}
    </Box>
  );
}
