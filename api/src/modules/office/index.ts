export { DashboardService } from './dashboard.service.ts';
export { serveListExports } from './lists.export.ts';
export { serveLive } from './live.routes.ts';
export { LiveService } from './live.ts';
export { LookupService } from './lookup.service.ts';
export {
  CutOffAheadResolver,
  DashboardResolver,
  DayOfCommissionResolver,
  LookupResolver,
  WaitingWorkResolver,
} from './office.resolver.ts';
export { tellChanges } from './tell.ts';
export { ViewResolver } from './view.resolver.ts';
export { ViewService } from './view.service.ts';
