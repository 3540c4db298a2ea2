import type { ComponentType } from 'react';
import {
  AdminContext,
  AdminUI,
  type AuthProvider,
  CustomRoutes,
  type DataProvider,
  type I18nProvider,
  localStorageStore,
  Resource,
  type ResourceProps,
} from 'react-admin';
import { Route } from 'react-router';
import { Dashboard } from './dashboard/Dashboard.tsx';
import { NotAllowed } from './layout/NotAllowed.tsx';
import { NothingHere } from './layout/NothingHere.tsx';
import { PAGES } from './layout/pages.ts';
import { Shell } from './layout/Shell.tsx';
import { darkTheme, lightTheme } from './layout/theme.ts';
import { fetchAhead } from './provider/sources.ts';
import { useListAhead } from './provider/useListAhead.ts';
import { RESOURCES } from './resources.ts';
import { LoginPage } from './session/LoginPage.tsx';
import { SetPasswordPage } from './session/SetPasswordPage.tsx';
import { later } from './ui/later.ts';
import { SayProvider } from './words/SayProvider.tsx';

const AccountPage = later(async () => (await import('./account/AccountPage.tsx')).AccountPage);
const TermsDraft = later(async () => (await import('./programs/TermsDraft.tsx')).TermsDraft);

export interface AppProps {
  readonly dataProvider: DataProvider;
  readonly authProvider: AuthProvider;
  readonly words: I18nProvider;
}

/** The pages of a resource, each with what its records come from on its way as soon as somebody comes to it, and a list with its rows. */
function ahead(resource: string, { list, show, ...others }: Partial<ResourceProps> = {}): Partial<ResourceProps> {
  const [List, Show] = [list, show] as (ComponentType | undefined)[];
  return {
    ...others,
    ...(List && {
      list: () => {
        fetchAhead(resource);
        useListAhead(resource);
        return <List />;
      },
    }),
    ...(Show && {
      show: () => {
        fetchAhead(resource);
        return <Show />;
      },
    }),
  };
}

const pagesAhead = Object.fromEntries(PAGES.map(({ name }) => [name, ahead(name, RESOURCES[name])]));

/** What the reader chose stays in the browser. */
const store = localStorageStore();

export function App({ dataProvider, authProvider, words }: AppProps) {
  return (
    <AdminContext
      dataProvider={dataProvider}
      authProvider={authProvider}
      i18nProvider={words}
      store={store}
      theme={lightTheme}
      darkTheme={darkTheme}
    >
      <SayProvider>
        <AdminUI
          title="Tributary"
          requireAuth
          loginPage={LoginPage}
          layout={Shell}
          dashboard={Dashboard}
          catchAll={NothingHere}
          accessDenied={NotAllowed}
          disableTelemetry
        >
          {PAGES.map(({ name, label }) => (
            <Resource key={name} name={name} options={{ label }} {...pagesAhead[name]} />
          ))}
          <CustomRoutes noLayout>
            <Route path="/set-password" element={<SetPasswordPage />} />
          </CustomRoutes>
          <CustomRoutes>
            <Route path="/account" element={<AccountPage />} />
            <Route path="/programs/:key/draft" element={<TermsDraft />} />
          </CustomRoutes>
        </AdminUI>
      </SayProvider>
    </AdminContext>
  );
}
