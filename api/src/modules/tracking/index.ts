export { competingClicks } from './competing.loader.ts';
export type { Click } from './tracking.entity.ts';
export { ClickResolver } from './tracking.resolver.ts';
export { ClickService, clicksById } from './tracking.service.ts';
export { ClickType } from './tracking.type.ts';
