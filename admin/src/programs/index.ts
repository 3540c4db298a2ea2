import { later } from '../ui/later.ts';

export const programPages = {
  list: later(async () => (await import('./ProgramList.tsx')).ProgramList),
  show: later(async () => (await import('./ProgramShow.tsx')).ProgramShow),
  recordRepresentation: 'name',
};
