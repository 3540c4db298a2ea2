import { CommissionList } from './CommissionList.tsx';

export const commissionPages = { list: CommissionList };
