/** What the API answers itself while the pages are served by something else: its paths beside the pages. */
const PATHS = ['/graphql', '/auth', '/payouts', '/export', '/live', '/sanctions', '/imports'];

export const proxyTo = (api: string): Record<string, string> => Object.fromEntries(PATHS.map((path) => [path, api]));
