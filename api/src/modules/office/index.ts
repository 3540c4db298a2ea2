export { DashboardService } from './dashboard.service.ts';
export { LookupService } from './lookup.service.ts';
export {
  CutOffAheadResolver,
  DashboardResolver,
  DayOfCommissionResolver,
  LookupResolver,
  WaitingWorkResolver,
} from './office.resolver.ts';
