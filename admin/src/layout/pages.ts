import AccountBalanceIcon from '@mui/icons-material/AccountBalanceOutlined';
import WithdrawalIcon from '@mui/icons-material/AccountBalanceWalletOutlined';
import ProgramIcon from '@mui/icons-material/DescriptionOutlined';
import GroupIcon from '@mui/icons-material/GroupOutlined';
import ApplicationIcon from '@mui/icons-material/HowToRegOutlined';
import BatchIcon from '@mui/icons-material/Inventory2Outlined';
import ClassIcon from '@mui/icons-material/MilitaryTechOutlined';
import PercentIcon from '@mui/icons-material/PaymentsOutlined';
import OrderIcon from '@mui/icons-material/ShoppingBagOutlined';
import TodayIcon from '@mui/icons-material/TodayOutlined';
import type { SvgIconTypeMap } from '@mui/material';
import type { OverridableComponent } from '@mui/material/OverridableComponent';
import type { Sentence } from '../words/words.ts';

export interface PageEntry {
  readonly name: string;
  readonly label: Sentence;
  readonly icon: OverridableComponent<SvgIconTypeMap>;
}

/** The first page: an address without a name. */
export const TODAY: PageEntry = { name: '', label: 'Today', icon: TodayIcon };

/** The pages, in the order of the menu: what waits for somebody first. */
export const GROUPS: readonly { readonly label: Sentence; readonly pages: readonly PageEntry[] }[] = [
  {
    label: 'Work',
    pages: [
      { name: 'applications', label: 'Applications', icon: ApplicationIcon },
      { name: 'classes', label: 'Class requests', icon: ClassIcon },
      { name: 'withdrawals', label: 'Withdrawals', icon: WithdrawalIcon },
      { name: 'batches', label: 'Payout batches', icon: BatchIcon },
    ],
  },
  {
    label: 'Records',
    pages: [
      { name: 'affiliates', label: 'Affiliates', icon: GroupIcon },
      { name: 'orders', label: 'Orders', icon: OrderIcon },
      { name: 'commissions', label: 'Commissions', icon: PercentIcon },
      { name: 'ledger', label: 'Ledger', icon: AccountBalanceIcon },
    ],
  },
  { label: 'Set-up', pages: [{ name: 'programs', label: 'Programs', icon: ProgramIcon }] },
];

export const PAGES: readonly PageEntry[] = GROUPS.flatMap(({ pages }) => pages);
