import { CaseList } from './CaseList.tsx';

export const casePages = { list: CaseList };
