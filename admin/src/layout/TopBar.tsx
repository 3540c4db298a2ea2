import { Box, Chip, MenuItem, Select, Tooltip, Typography } from '@mui/material';
import { AppBar, type AppBarProps, Logout, UserMenu, useGetIdentity } from 'react-admin';
import { place } from '../session/place.ts';
import type { Viewer } from '../session/viewer.ts';
import { formatInstant } from '../ui/format.ts';

/** What the signed-in one is told of by the session. */
interface Identity {
  readonly organization?: Viewer['organization'];
  readonly places?: Viewer['places'];
  readonly now?: string;
}

export function TopBar(props: AppBarProps) {
  return (
    <AppBar {...props} alwaysOn color="inherit" userMenu={<Account />}>
      <Typography component="span" variant="h2" sx={{ mr: 2 }}>
        Tributary
      </Typography>
      <Place />
      <Box sx={{ flex: 1 }} />
    </AppBar>
  );
}

/** Named by what it shows, so that it can be called by voice. */
function Account() {
  const { identity } = useGetIdentity();
  return (
    <UserMenu label={identity?.fullName ?? 'Account'}>
      <Logout />
    </UserMenu>
  );
}

/** Whose programs these are. That it is a sandbox is always in sight. */
function Place() {
  const { identity } = useGetIdentity();
  const { organization, places = [], now } = (identity ?? {}) as Identity;
  if (!organization) return null;
  const time = now ? `Its clock stood at ${formatInstant(now)} when you came` : '';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, minWidth: 0 }}>
      {places.length > 1 ? (
        <Select
          value={organization.id}
          onChange={({ target }) => place.move(target.value === places[0]?.id ? null : target.value)}
          size="small"
          variant="standard"
          disableUnderline
          inputProps={{ 'aria-label': 'Where you work' }}
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
          <Chip size="small" color="warning" variant="outlined" label="Sandbox" tabIndex={0} />
        </Tooltip>
      )}
    </Box>
  );
}
