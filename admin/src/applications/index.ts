import { ApplicationList } from './ApplicationList.tsx';

export const applicationPages = { list: ApplicationList };
