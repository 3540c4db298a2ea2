import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { useState } from 'react';
import { Section } from '../ui/Section.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { axisOf, refusalRate, type Series, seriesOf } from './series.ts';
import type { Day } from './source.ts';

const HEIGHT = 240;

const DAYS = 30;
/** Calm, and apart from each other in light and dark. */
const PALETTE = ['#5c6bc0', '#26a69a', '#c08a3e', '#8d6e9f', '#78909c', '#7cb342'];
/** The colours that chips of these statuses have. */
const STATUS_COLOURS: Readonly<Record<string, string>> = {
  available: '#43a047',
  pending: '#f0a030',
  rejected: '#90a4ae',
  reversed: '#e57373',
};

interface ChartsProps {
  readonly days: readonly Day[];
  readonly now: string;
}

/** What the orders of the last thirty days earn: units never add, so it is one unit at a time. */
export default function Charts({ days, now }: ChartsProps) {
  const say = useSay();
  const units = [...new Set(days.map(({ amount }) => amount.unit))].sort();
  const [chosen, choose] = useState(units[0] ?? '');
  const unit = units.includes(chosen) ? chosen : (units[0] ?? '');
  const found = days.filter(({ amount }) => amount.unit === unit);
  if (units.length === 0) {
    return (
      <Section title="The last thirty days">
        <Typography variant="body2">{say('No order of the last thirty days belongs to an affiliate.')}</Typography>
      </Section>
    );
  }
  const axis = axisOf(now, DAYS);
  const sum = ({ amount }: Day) => Number(amount.value);
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' } }}>
      <Box sx={{ gridColumn: '1 / -1', display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="h2" sx={{ mr: 'auto' }}>
          {say('The last thirty days')}
        </Typography>
        <Typography variant="body2">{say('%{percent} % of orders earn nothing', { percent: refusalRate(found) })}</Typography>
        <TextField select label={say('Unit')} value={unit} onChange={(event) => choose(event.target.value)} sx={{ width: 140 }}>
          {units.map((one) => (
            <MenuItem key={one} value={one}>
              {one}
            </MenuItem>
          ))}
        </TextField>
      </Box>
      <Chart title="Commission by status" axis={axis} series={seriesOf(axis, found, ({ status }) => status, sum)} isByStatus />
      <Chart title="Commission by class" axis={axis} series={seriesOf(axis, found, (day) => day.class ?? say('no class'), sum)} />
      <Chart title="Commission by program" axis={axis} series={seriesOf(axis, found, ({ program }) => program.name, sum)} />
      <Chart
        title="Orders by status"
        axis={axis}
        series={seriesOf(
          axis,
          found,
          ({ status }) => status,
          ({ orders }) => orders,
        )}
        isByStatus
      />
    </Box>
  );
}

interface ChartProps {
  readonly title: Sentence;
  readonly axis: readonly string[];
  readonly series: readonly Series[];
  /** The names of the series are statuses of the API. */
  readonly isByStatus?: boolean;
}

function Chart({ title, axis, series, isByStatus = false }: ChartProps) {
  const say = useSay();
  const colourOf = (name: string, index: number) => (isByStatus && STATUS_COLOURS[name.toLowerCase()]) || PALETTE[index % PALETTE.length];
  return (
    <Section title={title}>
      <Box role="img" aria-label={say(title)} sx={{ height: HEIGHT }}>
        <BarChart
          height={HEIGHT}
          skipAnimation
          xAxis={[{ scaleType: 'band', data: [...axis], valueFormatter: (day: string) => say.date(`${day}T00:00:00Z`) }]}
          series={series.map(({ name, values }, index) => ({
            label: isByStatus ? say.word(name) : name,
            data: [...values],
            stack: 'all',
            color: colourOf(name, index) ?? '',
          }))}
        />
      </Box>
    </Section>
  );
}
