import { WithdrawalList } from './WithdrawalList.tsx';

export const withdrawalPages = { list: WithdrawalList, recordRepresentation: 'externalId' };
