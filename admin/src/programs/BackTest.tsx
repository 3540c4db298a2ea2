import { Alert, Box, Button, LinearProgress, Table, TableBody, TableCell, TableHead, TableRow, TextField, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { useDataProvider } from 'react-admin';
import type { ResultOf } from '../api/graphql.ts';
import type { BackOffice } from '../provider/dataProvider.ts';
import { Amount } from '../ui/Amount.tsx';
import { Scroll } from '../ui/Scroll.tsx';
import { Section } from '../ui/Section.tsx';
import { useSay } from '../words/words.ts';
import { addParts, type ClassSum, differenceOf, totalOf } from './backTestSums.ts';
import { backTestDocument } from './draft.ts';

interface BackTestProps {
  readonly program: string;
  readonly document: string;
  readonly holdsFrom: string;
  readonly now: string;
}

interface Run {
  /** What was tried; another draft makes the sums worthless. */
  readonly document: string;
  readonly done: number;
  readonly total: number;
  readonly isOver: boolean;
  readonly sums: readonly ClassSum[];
}

const DAY_MS = 86_400_000;

/** What a draft would have done to the orders of a period, class by class and altogether. Nothing is changed by it. */
export function BackTest({ program, document, holdsFrom, now }: BackTestProps) {
  const say = useSay();
  const provider = useDataProvider<BackOffice>();
  const [from, setFrom] = useState(new Date(Date.parse(now) - 30 * DAY_MS).toISOString().slice(0, 10));
  const [to, setTo] = useState(new Date(Date.parse(now) + DAY_MS).toISOString().slice(0, 10));
  const [run, setRun] = useState<Run>();
  const [problem, setProblem] = useState<string>();
  /** The one that runs; an older one stops when it sees another. */
  const current = useRef(0);

  async function start() {
    const number = ++current.current;
    setProblem(undefined);
    let sums: readonly ClassSum[] = [];
    let after: string | null = null;
    let total = 0;
    try {
      do {
        const period = { from: `${from}T00:00:00Z`, to: `${to}T00:00:00Z` };
        const isFirst: boolean = after === null;
        const answer: ResultOf<typeof backTestDocument> = await provider.ask(backTestDocument, {
          program,
          document,
          holdsFrom,
          ...period,
          after,
          isFirst,
        });
        if (number !== current.current || !answer.backTestTerms) return;
        const { classes, endCursor, total: counted, problems } = answer.backTestTerms;
        if (problems[0]) return setProblem(say.said(problems[0].message));
        sums = addParts(sums, classes);
        total = counted ?? total;
        after = endCursor;
        setRun({ document, total, sums, isOver: after === null, done: totalOf(sums)?.orders ?? 0 });
      } while (after !== null);
    } catch (error) {
      setProblem(say.said((error as Error).message));
    }
  }

  const isRunning = run !== undefined && !run.isOver && problem === undefined;
  return (
    <Section title="What it would have cost">
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <Typography variant="body2">
          {say('Decides the orders of a period by the draft, from the same facts, and changes nothing.')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
          <DayField label={say('Orders from')} value={from} onChange={setFrom} />
          <DayField label={say('Before')} value={to} onChange={setTo} />
          <Button variant="outlined" onClick={() => void start()} disabled={isRunning || from === '' || to === '' || from >= to}>
            {isRunning ? say('One moment ...') : say('Try on real orders')}
          </Button>
        </Box>
        {problem && <Alert severity="error">{problem}</Alert>}
        {run && (
          <>
            <LinearProgress
              variant="determinate"
              value={run.total === 0 ? 100 : Math.min(100, (100 * run.done) / run.total)}
              aria-label={say('How far it is')}
            />
            <Typography variant="body2" role="status">
              {say('%{done} of %{total} orders', { done: say.decimal(String(run.done)), total: say.decimal(String(run.total)) })}
            </Typography>
            {run.document !== document && <Alert severity="info">{say('The draft has changed since. Try it again.')}</Alert>}
            {run.sums.length > 0 && <Sums sums={run.sums} />}
          </>
        )}
      </Box>
    </Section>
  );
}

function DayField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (day: string) => void;
}) {
  return (
    <TextField
      label={label}
      type="date"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      sx={{ width: 180 }}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}

/** Class by class, drawn beside the sums: what it was above, what it would be below. */
function Sums({ sums }: { readonly sums: readonly ClassSum[] }) {
  const say = useSay();
  const total = totalOf(sums);
  const most = Math.max(1, ...sums.flatMap(({ before, after }) => [Number(before.value), Number(after.value)]));
  const rows = [
    ...sums.map((sum) => ({ sum, name: sum.class ?? say('no class') })),
    ...(total ? [{ sum: total, name: say('Altogether') }] : []),
  ];
  return (
    <Scroll label={say('What it would have cost')}>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{say('Class')}</TableCell>
            <TableCell align="right">{say('Orders')}</TableCell>
            <TableCell align="right">{say('Of these changed')}</TableCell>
            <TableCell align="right">{say('Was')}</TableCell>
            <TableCell align="right">{say('Would be')}</TableCell>
            <TableCell align="right">{say('Difference')}</TableCell>
            <TableCell aria-hidden="true" sx={{ width: '25%' }} />
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map(({ sum, name }) => (
            <TableRow key={name} sx={sum === total ? { '& > *': { fontWeight: 600 } } : {}}>
              <TableCell component="th" scope="row">
                {name}
              </TableCell>
              <TableCell align="right">{say.decimal(String(sum.orders))}</TableCell>
              <TableCell align="right">{say.decimal(String(sum.changed))}</TableCell>
              <TableCell align="right">
                <Amount {...sum.before} />
              </TableCell>
              <TableCell align="right">
                <Amount {...sum.after} />
              </TableCell>
              <TableCell align="right">
                <Amount value={differenceOf(sum)} unit={sum.after.unit} isDifference />
              </TableCell>
              <TableCell aria-hidden="true">
                {sum !== total && (
                  <>
                    <Bar share={Number(sum.before.value) / most} colour="text.disabled" />
                    <Bar share={Number(sum.after.value) / most} colour="primary.main" />
                  </>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Scroll>
  );
}

function Bar({ share, colour }: { readonly share: number; readonly colour: string }) {
  return <Box sx={{ height: 6, my: 0.25, borderRadius: 1, bgcolor: colour, width: `${100 * Math.max(0, share)}%`, minWidth: 2 }} />;
}
