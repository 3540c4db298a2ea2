import { Box } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { useSay } from '../words/words.ts';
import type { Bar } from './bars.ts';
import { MEASURES, type MeasureName } from './measures.ts';

interface ChartProps {
  readonly bars: readonly Bar[];
  readonly measure: MeasureName;
  readonly height: number;
  readonly nameOf: (bar: Bar) => string;
}

export default function Chart({ bars, measure, height, nameOf }: ChartProps) {
  const say = useSay();
  const read = MEASURES.find(({ name }) => name === measure)?.read;
  if (!read) return null;
  return (
    <Box role="img" aria-label={say(measure)} sx={{ height }}>
      <BarChart
        height={height}
        skipAnimation
        hideLegend
        xAxis={[{ scaleType: 'band', data: bars.map(nameOf) }]}
        series={[{ label: say(measure), data: bars.map(({ row }) => (row ? read(row) : 0)), color: '#5c6bc0' }]}
      />
    </Box>
  );
}
