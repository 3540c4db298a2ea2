import { MemberList } from './MemberList.tsx';
import { TokenList } from './TokenList.tsx';

export const memberPages = { list: MemberList };
export const tokenPages = { list: TokenList };
