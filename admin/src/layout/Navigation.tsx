import { Box, ListItemButton, ListItemIcon, ListItemText, Typography, useMediaQuery } from '@mui/material';
import type { Theme } from '@mui/material/styles';
import { memo, useCallback } from 'react';
import { LinkBase, useCanAccessResources, useLocation, useSidebarState } from 'react-admin';
import { fetchList } from '../resources.ts';
import { useSay } from '../words/words.ts';
import { GROUPS, PAGES, type PageEntry, TODAY } from './pages.ts';

const NAMES = PAGES.map(({ name }) => name);

/** Pages that one may not see are not offered. */
export function Navigation() {
  const say = useSay();
  const [open, setOpen] = useSidebarState();
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const { pathname } = useLocation();
  const onGo = useCallback(() => isSmall && setOpen(false), [isSmall, setOpen]);
  const itemOf = (page: PageEntry) => (
    <Item
      key={page.name}
      page={page}
      isOpen={open}
      isHere={pathname.split('/')[1] === page.name}
      isThisPage={pathname === `/${page.name}`}
      onGo={onGo}
    />
  );
  const { canAccess } = useCanAccessResources({ action: 'list', resources: NAMES });
  const groups = GROUPS.map((group) => ({ ...group, pages: group.pages.filter(({ name }) => canAccess?.[name]) }));
  return (
    <Box
      component="nav"
      aria-label={say('Pages')}
      sx={{ width: open ? 200 : 56, pt: 1, pb: 2, transition: 'width 0.15s', overflow: 'hidden' }}
    >
      {itemOf(TODAY)}
      {groups
        .filter(({ pages }) => pages.length > 0)
        .map(({ label, pages }) => (
          <Box key={label} sx={{ pb: 0.5 }}>
            <Typography variant="caption" color="textSecondary" sx={{ px: 2, py: 0.5, display: open ? 'block' : 'none' }}>
              {say(label)}
            </Typography>
            {pages.map(itemOf)}
          </Box>
        ))}
    </Box>
  );
}

interface ItemProps {
  readonly page: PageEntry;
  /** Its words are beside its picture. */
  readonly isOpen: boolean;
  /** One is on it, or on a page below it. */
  readonly isHere: boolean;
  readonly isThisPage: boolean;
  readonly onGo: () => void;
}

/** Of all of them only two change when one goes from page to page. */
const Item = memo(function Item({ page: { name, label, icon: PageIcon }, isOpen, isHere, isThisPage, onGo }: ItemProps) {
  const say = useSay();
  return (
    <ListItemButton
      component={LinkBase}
      to={`/${name}`}
      selected={isHere}
      aria-current={isThisPage ? 'page' : undefined}
      title={isOpen ? undefined : say(label)}
      onClick={onGo}
      onPointerEnter={() => fetchList(name)}
      onFocus={() => fetchList(name)}
      sx={{ px: 2, py: 0.25 }}
    >
      <ListItemIcon sx={{ minWidth: 36 }}>
        <PageIcon fontSize="small" />
      </ListItemIcon>
      <ListItemText primary={say(label)} slotProps={{ primary: { variant: 'body2', noWrap: true } }} />
    </ListItemButton>
  );
});
