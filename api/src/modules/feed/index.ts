export { serveFeeds } from './feed.routes.ts';
