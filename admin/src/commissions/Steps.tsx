import { Box, Typography } from '@mui/material';
import { Amount } from '../ui/Amount.tsx';
import { formatClause, sentenceEnd } from '../ui/format.ts';
import { RuleChip } from '../ui/RuleChip.tsx';
import { type Say, useSay } from '../words/words.ts';
import type { ExplainedStep } from './explanationSource.ts';

/** Every step of a decision: its rule, what it concluded, what it saw, and what the subject earns after it. */
export function Steps({ steps }: { readonly steps: readonly ExplainedStep[] }) {
  const say = useSay();
  if (steps.length === 0) return <Typography variant="body2">{say('No rule had anything to say.')}</Typography>;
  return (
    <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {steps.map((step, index) => (
        // Steps have no names of their own, and never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <StepItem key={index} step={step} />
      ))}
    </Box>
  );
}

function StepItem({ step }: { readonly step: ExplainedStep }) {
  const say = useSay();
  const { rule, also, subject, sentence, clauseText, facts, amountAfter, source, assumed, assumption } = step;
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: '68px minmax(0, 1fr) max-content',
        columnGap: 1.5,
        py: 1.25,
        borderTop: 1,
        borderColor: 'divider',
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 0.5, justifyItems: 'start' }}>
        {[rule, ...also].map((id) => (
          <RuleChip key={id} rule={id} />
        ))}
      </Box>
      <Box sx={{ display: 'grid', gap: 0.5, overflowWrap: 'anywhere' }}>
        <Typography variant="body2">{withInstants(formatClause(bare(sentence), say.locale), say)}</Typography>
        {facts.length > 0 && (
          <Typography variant="caption" color="textSecondary">
            {say('Saw %{facts}', {
              facts: facts.map(({ name, value }) => `${name} = ${value === null ? say('unknown') : withInstants(value, say)}`).join(' · '),
            })}
          </Typography>
        )}
        <Typography variant="caption" color="textSecondary">
          {say('Clause: %{text}', { text: clauseText })}
          {source ? ` (${source})` : ''}
          {assumed
            ? `${sentenceEnd(say.locale)}${say('Assumed: %{what}', { what: assumption ?? say('the document is silent or open here') })}`
            : ''}
        </Typography>
      </Box>
      <Box sx={{ textAlign: 'right' }}>
        {amountAfter && (
          <>
            <Typography variant="body2" component="div">
              <Amount {...amountAfter} />
            </Typography>
            <Typography variant="caption" color="textSecondary">
              {subject ?? say('order')}
            </Typography>
          </>
        )}
      </Box>
    </Box>
  );
}

/** The rules that stand behind the text stand beside it here. */
const bare = (text: string) => text.replace(/ \((?:[A-Z]+-\d+(?:, )?)+\)$/, '');

const INSTANT = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g;

/** Instants as they are read everywhere else, in the reader's zone and way. */
const withInstants = (text: string, say: Say) => text.replaceAll(INSTANT, (instant) => say.instant(instant));
