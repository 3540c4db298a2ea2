import { BatchList } from './BatchList.tsx';
import { BatchShow } from './BatchShow.tsx';

export const batchPages = { list: BatchList, show: BatchShow, recordRepresentation: 'name' };
