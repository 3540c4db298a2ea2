export { CASE_DAYS_SWITCH, caseDaysOf } from './days.ts';
export { addEvidence, type Evidence, externalIdsOf, openCases, type Suspicion } from './open.ts';
export { markOverdueCases } from './overdue.ts';
