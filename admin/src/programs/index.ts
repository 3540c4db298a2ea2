import { ProgramList } from './ProgramList.tsx';
import { ProgramShow } from './ProgramShow.tsx';

export const programPages = { list: ProgramList, show: ProgramShow, recordRepresentation: 'name' };
