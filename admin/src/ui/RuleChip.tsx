import { Box } from '@mui/material';

/** The id of a rule. */
export function RuleChip({ rule }: { readonly rule: string }) {
  return (
    <Box
      component="code"
      sx={{
        px: 0.75,
        py: 0.25,
        borderRadius: 1,
        border: 1,
        borderColor: 'divider',
        fontSize: '0.75rem',
        color: 'text.secondary',
        whiteSpace: 'nowrap',
      }}
    >
      {rule}
    </Box>
  );
}
