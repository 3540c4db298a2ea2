export { factsOf } from './facts.ts';
export { PostbackResolver } from './postback.resolver.ts';
export { servePostbacks } from './postback.routes.ts';
export { PostbackService } from './postback.service.ts';
