import { alpha } from '@mui/material/styles';
import { bwDarkTheme, bwLightTheme, type RaThemeOptions } from 'react-admin';

/** Of a cell of any table. */
export const CELL = { fontSize: '0.875rem', padding: '7px 12px', '& .MuiButton-root': { whiteSpace: 'nowrap' } };

/** Calm and dense, with indigo for what can be acted on, and digits of equal width. */
function themeOf(base: RaThemeOptions, colours: Colours): RaThemeOptions {
  const { palette, components } = base;
  return {
    ...base,
    palette: {
      ...palette,
      primary: acted(colours.primary),
      secondary: acted(colours.primary),
      success: { main: colours.success },
      warning: { main: colours.warning },
      error: acted(colours.error),
      text: { primary: colours.text, secondary: colours.quiet },
      divider: colours.line,
      background: { default: colours.ground, paper: colours.paper },
    },
    sidebar: { width: 200, closedWidth: 56 },
    typography: {
      ...base.typography,
      fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif',
      htmlFontSize: 16,
      fontSize: 14,
      fontWeightMedium: 500,
      fontWeightBold: 600,
      h1: { fontSize: '1.375rem', fontWeight: 600, lineHeight: 1.3, letterSpacing: '-0.01em' },
      h2: { fontSize: '1rem', fontWeight: 600, lineHeight: 1.4 },
      h3: { fontSize: '0.875rem', fontWeight: 600, lineHeight: 1.4 },
    },
    components: { ...components, ...componentsOf(colours, palette?.mode) },
  };
}

/** The same when pointed at: a darker one is hard to read on a dark ground. */
const acted = (colour: string) => ({ main: colour, dark: colour });

function componentsOf(colours: Colours, mode: 'light' | 'dark' | undefined): RaThemeOptions['components'] {
  return {
    MuiCssBaseline: {
      styleOverrides: {
        ':root': { colorScheme: mode },
        body: { backgroundColor: colours.ground, fontVariantNumeric: 'tabular-nums' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { transition: 'none !important', animation: 'none !important' },
        },
        // What stands in each cell of a long list: there styles of a component's own cost as much as all the rest.
        '.one-line': { whiteSpace: 'nowrap' },
        '.quiet': { color: colours.quiet },
        '.unit': { color: colours.quiet, fontSize: '0.85em' },
        '.record-link': { color: colours.primary, textDecoration: 'none', '&:hover, &.in-text': { textDecoration: 'underline' } },
        '.status': {
          display: 'inline-flex',
          alignItems: 'center',
          height: 24,
          padding: '0 8px',
          border: `1px solid ${alpha(colours.text, 0.3)}`,
          borderRadius: 16,
          fontSize: '0.8125rem',
          fontWeight: 500,
          whiteSpace: 'nowrap',
          verticalAlign: 'middle',
          ...Object.fromEntries(
            (['success', 'warning', 'error'] as const).map((name) => [
              `&.${name}`,
              { color: colours[name], borderColor: alpha(colours[name], 0.7) },
            ]),
          ),
        },
        '.heard-only': { position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' },
        ':focus-visible': { outline: `2px solid ${colours.primary}`, outlineOffset: 2 },
      },
    },
    MuiAppBar: {
      styleOverrides: {
        root: {
          backgroundColor: colours.paper,
          color: colours.text,
          boxShadow: 'none',
          border: 0,
          borderBottom: `1px solid ${colours.line}`,
        },
      },
    },
    MuiPaper: {
      styleOverrides: { root: { backgroundImage: 'none', backgroundColor: colours.paper, border: `1px solid ${colours.line}` } },
    },
    MuiFormControl: { defaultProps: { margin: 'none', fullWidth: true } },
    MuiTextField: { defaultProps: { variant: 'outlined', size: 'small', margin: 'none', fullWidth: true } },
    MuiDrawer: { styleOverrides: { paper: { backgroundColor: colours.paper, border: 0 } } },
    MuiTableCell: {
      styleOverrides: {
        root: { borderColor: colours.line, ...CELL },
        head: { color: colours.quiet, fontWeight: 500, fontSize: '0.8125rem', whiteSpace: 'nowrap', backgroundColor: 'transparent' },
      },
    },
    MuiTableRow: { styleOverrides: { root: { 'tbody > &:last-of-type > *': { borderBottom: 0 } } } },
    MuiLink: { defaultProps: { underline: 'hover' } },
    MuiChip: { styleOverrides: { root: { fontWeight: 500 } } },
  };
}

interface Colours {
  readonly primary: string;
  readonly success: string;
  readonly warning: string;
  readonly error: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
  readonly paper: string;
}

export const lightTheme = themeOf(bwLightTheme, {
  primary: '#3949ab',
  success: '#1b5e20',
  warning: '#7a4300',
  error: '#b3261e',
  text: '#1a1c23',
  quiet: '#5b6070',
  line: '#e3e5ec',
  ground: '#f7f8fa',
  paper: '#ffffff',
});

export const darkTheme = themeOf(bwDarkTheme, {
  primary: '#aab6fe',
  success: '#81c784',
  warning: '#ffb74d',
  error: '#ff8a80',
  text: '#e8eaf0',
  quiet: '#a3a9b8',
  line: '#2b2e38',
  ground: '#0f1116',
  paper: '#161920',
});
