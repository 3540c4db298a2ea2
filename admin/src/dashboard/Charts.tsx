import { Box, MenuItem, TextField, Typography } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { useState } from 'react';
import { Section } from '../ui/Section.tsx';
import { type Sentence, useSay } from '../words/words.ts';
import { axisOf, refusalRate, type Series, seriesOf } from './series.ts';
import type { Day } from './source.ts';

const HEIGHT = 240;

/** What the orders of the last thirty days earn: units never add, so it is one unit at a time. */
export default function Charts({ days }: { readonly days: readonly Day[] }) {
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
      <Chart title="Commission by status" days={axisOf(found)} series={seriesOf(found, ({ status }) => say.word(status), sum)} />
      <Chart title="Commission by class" days={axisOf(found)} series={seriesOf(found, (day) => day.class ?? say('no class'), sum)} />
      <Chart title="Commission by program" days={axisOf(found)} series={seriesOf(found, ({ program }) => program.name, sum)} />
      <Chart
        title="Orders by status"
        days={axisOf(found)}
        series={seriesOf(
          found,
          ({ status }) => say.word(status),
          ({ orders }) => orders,
        )}
      />
    </Box>
  );
}

interface ChartProps {
  readonly title: Sentence;
  readonly days: readonly string[];
  readonly series: readonly Series[];
}

function Chart({ title, days, series }: ChartProps) {
  const say = useSay();
  return (
    <Section title={title}>
      <Box role="img" aria-label={say(title)} sx={{ height: HEIGHT }}>
        <BarChart
          height={HEIGHT}
          skipAnimation
          xAxis={[{ scaleType: 'band', data: [...days], valueFormatter: (day: string) => say.date(`${day}T00:00:00Z`) }]}
          series={series.map(({ name, values }) => ({ label: name, data: [...values], stack: 'all' }))}
        />
      </Box>
    </Section>
  );
}
