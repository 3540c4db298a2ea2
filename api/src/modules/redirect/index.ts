export { ClickIds } from './click-id.ts';
export { serveRedirects } from './redirect.routes.ts';
export { Redirects } from './redirects.ts';
