import ThemeIcon from '@mui/icons-material/ContrastOutlined';
import AccountIcon from '@mui/icons-material/ManageAccountsOutlined';
import ZoneIcon from '@mui/icons-material/ScheduleOutlined';
import LanguageIcon from '@mui/icons-material/TranslateOutlined';
import { Box, Chip, ListItemIcon, MenuItem, Select, Tooltip, Typography, useTheme } from '@mui/material';
import {
  AppBar,
  type AppBarProps,
  LinkBase,
  LoadingIndicator,
  Logout,
  UserMenu,
  useGetIdentity,
  useLocaleState,
  useLocales,
  useTheme as useRaTheme,
} from 'react-admin';
import { GlobalKeys } from '../palette/GlobalKeys.tsx';
import { place } from '../session/place.ts';
import type { Viewer } from '../session/viewer.ts';
import { READER_ZONE } from '../ui/format.ts';
import { useSay, useZone } from '../words/words.ts';

/** What the signed-in one is told of by the session. */
type Identity = Partial<Pick<Viewer, 'organization' | 'places' | 'now'>>;

export function TopBar(props: AppBarProps) {
  return (
    <AppBar {...props} alwaysOn color="inherit" toolbar={<Progress />} userMenu={<Account />}>
      <Typography component="span" variant="h2" sx={{ mr: 2, display: { xs: 'none', sm: 'block' } }}>
        Tributary
      </Typography>
      <Place />
      <Box sx={{ flex: 1 }} />
      <GlobalKeys />
    </AppBar>
  );
}

/** That something is being asked for; it hands all it is given on to the wheel, which needs a name. */
function Progress() {
  const say = useSay();
  return <LoadingIndicator {...{ 'aria-label': say('One moment ...') }} />;
}

/** Named by what it shows, so that it can be called by voice. What is rarely changed is in here, so that the bar fits a phone. */
function Account() {
  const say = useSay();
  const { identity } = useGetIdentity();
  return (
    <UserMenu label={identity?.fullName ?? say('Account')}>
      <MenuItem component={LinkBase} to="/account">
        <ListItemIcon>
          <AccountIcon fontSize="small" />
        </ListItemIcon>
        {say('Your account')}
      </MenuItem>
      <LanguageItem />
      <ThemeItem />
      <ZoneItem />
      <Logout />
    </UserMenu>
  );
}

/** The next language, by its own name. */
function LanguageItem() {
  const [locale, setLocale] = useLocaleState();
  const locales = useLocales();
  const next = locales[(locales.findIndex((one) => one.locale === locale) + 1) % locales.length];
  if (!next) return null;
  return (
    <MenuItem lang={next.locale} onClick={() => setLocale(next.locale)}>
      <ListItemIcon>
        <LanguageIcon fontSize="small" />
      </ListItemIcon>
      {next.name}
    </MenuItem>
  );
}

function ThemeItem() {
  const say = useSay();
  const isDark = useTheme().palette.mode === 'dark';
  const [, setTheme] = useRaTheme();
  return (
    <MenuItem onClick={() => setTheme(isDark ? 'light' : 'dark')}>
      <ListItemIcon>
        <ThemeIcon fontSize="small" />
      </ListItemIcon>
      {say(isDark ? 'Light colours' : 'Dark colours')}
    </MenuItem>
  );
}

/** In which zone instants are shown. */
function ZoneItem() {
  const say = useSay();
  const [zone, setZone] = useZone();
  const other = zone === 'UTC' ? READER_ZONE : 'UTC';
  return (
    <MenuItem onClick={() => setZone(zone === 'UTC' ? 'reader' : 'UTC')}>
      <ListItemIcon>
        <ZoneIcon fontSize="small" />
      </ListItemIcon>
      {say('Show times in %{zone}', { zone: other })}
    </MenuItem>
  );
}

/** Whose programs these are. That it is a sandbox is always in sight. */
function Place() {
  const say = useSay();
  const { identity } = useGetIdentity();
  const { organization, places = [], now } = (identity ?? {}) as Identity;
  if (!organization) return null;
  const time = now ? say('Its clock stood at %{instant} when you came', { instant: say.instant(now) }) : '';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      {places.length > 1 ? (
        <Select
          value={organization.id}
          onChange={({ target }) => place.move(target.value === places[0]?.id ? null : target.value)}
          size="small"
          variant="standard"
          disableUnderline
          inputProps={{ 'aria-label': say('Where you work') }}
          sx={{ minWidth: 0, typography: 'body2', color: 'text.secondary' }}
        >
          {places.map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
        </Select>
      ) : (
        <Typography noWrap color="textSecondary" variant="body2">
          {organization.name}
        </Typography>
      )}
      {organization.isSandbox && (
        <Tooltip title={time}>
          <Chip size="small" color="warning" variant="outlined" label={say('Sandbox')} tabIndex={0} />
        </Tooltip>
      )}
    </Box>
  );
}
