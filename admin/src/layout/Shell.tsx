import { createContext, type ReactNode, use, useEffect } from 'react';
import { Layout, type LayoutProps, useLocaleState } from 'react-admin';
import { useLive } from '../live/useLive.ts';
import { SessionWatch } from '../session/SessionWatch.tsx';
import { Navigation } from './Navigation.tsx';
import { TopBar } from './TopBar.tsx';

const layout = {
  minWidth: 0,
  '& .MuiDrawer-docked': { flexShrink: 0 },
  '& .RaLayout-content': { flex: '1 1 0', px: { xs: 1.5, md: 3 }, pb: 4, minWidth: 0 },
  '& .RaSidebar-fixed': { borderRight: 1, borderColor: 'divider' },
};

const PageContext = createContext<ReactNode>(null);

function Page() {
  return use(PageContext);
}

/** Always the same element: coming to another page draws only that page anew, and not the bar and the menu, which would take as long. */
const FRAME = (
  <Layout appBar={TopBar} menu={Navigation} appBarAlwaysOn sx={layout}>
    <Page />
    <SessionWatch />
  </Layout>
);

/** What stands around every page. */
export function Shell({ children }: LayoutProps) {
  const [locale] = useLocaleState();
  useLive();
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  return <PageContext value={children}>{FRAME}</PageContext>;
}
