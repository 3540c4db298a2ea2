import { Admin, type AuthProvider, CustomRoutes, type DataProvider, Resource, type ResourceProps } from 'react-admin';
import { Route } from 'react-router';
import { affiliatePages } from './affiliates/index.ts';
import { commissionPages } from './commissions/index.ts';
import { NothingHere } from './layout/NothingHere.tsx';
import { PAGES, Shell } from './layout/Shell.tsx';
import { darkTheme, lightTheme } from './layout/theme.ts';
import { ledgerPages } from './ledger/index.ts';
import { orderPages } from './orders/index.ts';
import { programPages } from './programs/index.ts';
import { LoginPage } from './session/LoginPage.tsx';
import { SetPasswordPage } from './session/SetPasswordPage.tsx';

export interface AppProps {
  readonly dataProvider: DataProvider;
  readonly authProvider: AuthProvider;
}

const pages: Readonly<Record<string, Partial<ResourceProps>>> = {
  programs: programPages,
  affiliates: affiliatePages,
  orders: orderPages,
  commissions: commissionPages,
  ledger: ledgerPages,
};

export function App({ dataProvider, authProvider }: AppProps) {
  return (
    <Admin
      title="Tributary"
      requireAuth
      dataProvider={dataProvider}
      authProvider={authProvider}
      loginPage={LoginPage}
      layout={Shell}
      theme={lightTheme}
      darkTheme={darkTheme}
      catchAll={NothingHere}
      disableTelemetry
    >
      {PAGES.map(({ name, label }) => (
        <Resource key={name} name={name} options={{ label }} {...pages[name]} />
      ))}
      <CustomRoutes noLayout>
        <Route path="/set-password" element={<SetPasswordPage />} />
      </CustomRoutes>
    </Admin>
  );
}
