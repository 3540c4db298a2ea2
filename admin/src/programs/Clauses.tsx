import { Box, Paper, Typography } from '@mui/material';
import { formatClause } from '../ui/format.ts';
import { RuleChip } from '../ui/RuleChip.tsx';
import { useSay } from '../words/words.ts';
import type { Clause } from './source.ts';

/** What terms say, section by section, each clause with its rule and where it comes from. */
export function Clauses({ clauses }: { readonly clauses: readonly Clause[] }) {
  const say = useSay();
  const sections = Map.groupBy(clauses, ({ path }) => /^[^.[]*/.exec(path)?.[0] ?? path);
  return [...sections].map(([section, found]) => (
    <Paper key={section} component="section" aria-labelledby={`section-${section}`} sx={{ p: 2 }}>
      <Typography id={`section-${section}`} variant="h2" sx={{ mb: 1 }}>
        {say.word(section)}
      </Typography>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 1.25 }}>
        {found.map((clause) => (
          <ClauseItem key={clause.path} clause={clause} />
        ))}
      </Box>
    </Paper>
  ));
}

function ClauseItem({ clause: { rule, sentence, source, assumed } }: { readonly clause: Clause }) {
  const say = useSay();
  return (
    <Box
      component="li"
      sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '72px minmax(0, 1fr)' }, columnGap: 1.5, alignItems: 'start' }}
    >
      <Box>
        <RuleChip rule={rule} />
      </Box>
      <Box>
        <Typography variant="body2" sx={{ maxWidth: '80ch' }}>
          {formatClause(sentence, say.locale)}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {[source && say('From: %{source}', { source }), assumed && say('Assumed: the document is silent or open here.')]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
      </Box>
    </Box>
  );
}
