import { Admin, type AuthProvider, type DataProvider, Resource } from 'react-admin';
import { PAGES, Shell } from './layout/Shell.tsx';
import { darkTheme, lightTheme } from './layout/theme.ts';
import { programPages } from './programs/index.ts';
import { LoginPage } from './session/LoginPage.tsx';

export interface AppProps {
  readonly dataProvider: DataProvider;
  readonly authProvider: AuthProvider;
}

const pages = { programs: programPages };

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
      disableTelemetry
    >
      {PAGES.map(({ name, label }) => (
        <Resource key={name} name={name} options={{ label }} {...(pages as Record<string, object>)[name]} />
      ))}
    </Admin>
  );
}
