import { Box } from '@mui/material';
import { BarChart } from '@mui/x-charts/BarChart';
import { useSay } from '../words/words.ts';
import { MEASURES, type MeasureName } from './measures.ts';
import type { ReportRecord } from './source.ts';

interface ChartProps {
  readonly rows: readonly ReportRecord[];
  readonly measure: MeasureName;
  readonly height: number;
  readonly nameOf: (row: ReportRecord) => string;
}

/** One bar for each row of the page. */
export default function Chart({ rows, measure, height, nameOf }: ChartProps) {
  const say = useSay();
  const read = MEASURES.find(({ name }) => name === measure)?.read;
  if (!read) return null;
  return (
    <Box role="img" aria-label={say(measure)} sx={{ height }}>
      <BarChart
        height={height}
        skipAnimation
        hideLegend
        xAxis={[{ scaleType: 'band', data: rows.map(nameOf) }]}
        series={[{ label: say(measure), data: rows.map(read), color: '#5c6bc0' }]}
      />
    </Box>
  );
}
