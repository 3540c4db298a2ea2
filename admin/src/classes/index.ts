import { ClassList } from './ClassList.tsx';

export const classPages = { list: ClassList };
