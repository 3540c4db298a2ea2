import { ApprovalList } from './ApprovalList.tsx';

export const approvalPages = { list: ApprovalList };
