import AccountBalanceIcon from '@mui/icons-material/AccountBalanceOutlined';
import ProgramIcon from '@mui/icons-material/DescriptionOutlined';
import GroupIcon from '@mui/icons-material/GroupOutlined';
import PercentIcon from '@mui/icons-material/PaymentsOutlined';
import OrderIcon from '@mui/icons-material/ShoppingBagOutlined';
import { Box, ListItemButton, ListItemIcon, ListItemText, type SvgIconTypeMap, useMediaQuery } from '@mui/material';
import type { OverridableComponent } from '@mui/material/OverridableComponent';
import type { Theme } from '@mui/material/styles';
import { Layout, type LayoutProps, LinkBase, useCanAccessResources, useLocation, useSidebarState } from 'react-admin';
import { TopBar } from './TopBar.tsx';

type Icon = OverridableComponent<SvgIconTypeMap>;

/** The pages, in the order of the menu. */
export const PAGES: readonly { readonly name: string; readonly label: string; readonly icon: Icon }[] = [
  { name: 'programs', label: 'Programs', icon: ProgramIcon },
  { name: 'affiliates', label: 'Affiliates', icon: GroupIcon },
  { name: 'orders', label: 'Orders', icon: OrderIcon },
  { name: 'commissions', label: 'Commissions', icon: PercentIcon },
  { name: 'ledger', label: 'Ledger', icon: AccountBalanceIcon },
];

const NAMES = PAGES.map(({ name }) => name);

/** Pages that one may not see are not offered. */
function Navigation() {
  const [open, setOpen] = useSidebarState();
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'));
  const { pathname } = useLocation();
  const { canAccess } = useCanAccessResources({ action: 'list', resources: NAMES });
  return (
    <Box component="nav" aria-label="Pages" sx={{ width: open ? 200 : 56, pt: 1, transition: 'width 0.15s', overflow: 'hidden' }}>
      {PAGES.filter(({ name }) => canAccess?.[name]).map(({ name, label, icon: PageIcon }) => (
        <ListItemButton
          key={name}
          component={LinkBase}
          to={`/${name}`}
          selected={pathname.split('/')[1] === name}
          aria-current={pathname === `/${name}` ? 'page' : undefined}
          title={open ? undefined : label}
          onClick={() => isSmall && setOpen(false)}
          sx={{ px: 2, py: 0.75 }}
        >
          <ListItemIcon sx={{ minWidth: 36 }}>
            <PageIcon fontSize="small" />
          </ListItemIcon>
          <ListItemText primary={label} slotProps={{ primary: { variant: 'body2', noWrap: true } }} />
        </ListItemButton>
      ))}
    </Box>
  );
}

const layout = {
  minWidth: 0,
  '& .MuiDrawer-docked': { flexShrink: 0 },
  '& .RaLayout-content': { flex: '1 1 0', px: { xs: 1.5, md: 3 }, pb: 4, minWidth: 0 },
  '& .RaSidebar-fixed': { borderRight: 1, borderColor: 'divider' },
};

export function Shell({ children }: LayoutProps) {
  return (
    <Layout appBar={TopBar} menu={Navigation} appBarAlwaysOn sx={layout}>
      {children}
    </Layout>
  );
}
