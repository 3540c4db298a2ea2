export { servePosters } from './poster.routes.ts';
