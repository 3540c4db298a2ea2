import AccountBalanceIcon from '@mui/icons-material/AccountBalanceOutlined';
import WithdrawalIcon from '@mui/icons-material/AccountBalanceWalletOutlined';
import DocumentIcon from '@mui/icons-material/ArticleOutlined';
import ReportIcon from '@mui/icons-material/AssessmentOutlined';
import MemberIcon from '@mui/icons-material/BadgeOutlined';
import NewsIcon from '@mui/icons-material/CampaignOutlined';
import ProductIcon from '@mui/icons-material/CategoryOutlined';
import ProgramIcon from '@mui/icons-material/DescriptionOutlined';
import CustomerIcon from '@mui/icons-material/FaceOutlined';
import CaseIcon from '@mui/icons-material/GavelOutlined';
import GroupIcon from '@mui/icons-material/GroupOutlined';
import AuditIcon from '@mui/icons-material/HistoryOutlined';
import ExpiryIcon from '@mui/icons-material/HourglassBottomOutlined';
import ApplicationIcon from '@mui/icons-material/HowToRegOutlined';
import CreativeIcon from '@mui/icons-material/ImageOutlined';
import RequestIcon from '@mui/icons-material/InboxOutlined';
import BatchIcon from '@mui/icons-material/Inventory2Outlined';
import TokenIcon from '@mui/icons-material/KeyOutlined';
import LinkIcon from '@mui/icons-material/LinkOutlined';
import ClassIcon from '@mui/icons-material/MilitaryTechOutlined';
import PercentIcon from '@mui/icons-material/PaymentsOutlined';
import ApprovalIcon from '@mui/icons-material/PeopleAltOutlined';
import RedemptionIcon from '@mui/icons-material/RedeemOutlined';
import SanctionIcon from '@mui/icons-material/ShieldOutlined';
import OrderIcon from '@mui/icons-material/ShoppingBagOutlined';
import TodayIcon from '@mui/icons-material/TodayOutlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import WebhookIcon from '@mui/icons-material/WebhookOutlined';
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
      { name: 'requests', label: 'Requests', icon: RequestIcon },
      { name: 'classes', label: 'Class requests', icon: ClassIcon },
      { name: 'withdrawals', label: 'Withdrawals', icon: WithdrawalIcon },
      { name: 'batches', label: 'Payout batches', icon: BatchIcon },
      { name: 'cases', label: 'Cases', icon: CaseIcon },
      { name: 'sanctions', label: 'Sanctions', icon: SanctionIcon },
      { name: 'approvals', label: 'Approvals', icon: ApprovalIcon },
    ],
  },
  {
    label: 'Records',
    pages: [
      { name: 'affiliates', label: 'Affiliates', icon: GroupIcon },
      { name: 'customers', label: 'Customers', icon: CustomerIcon },
      { name: 'links', label: 'Links', icon: LinkIcon },
      { name: 'orders', label: 'Orders', icon: OrderIcon },
      { name: 'commissions', label: 'Commissions', icon: PercentIcon },
      { name: 'redemptions', label: 'Redemptions', icon: RedemptionIcon },
      { name: 'expiry', label: 'Expiry', icon: ExpiryIcon },
      { name: 'ledger', label: 'Ledger', icon: AccountBalanceIcon },
      { name: 'reports', label: 'Reports', icon: ReportIcon },
    ],
  },
  {
    label: 'Promotion',
    pages: [
      { name: 'creatives', label: 'Creatives', icon: CreativeIcon },
      { name: 'news', label: 'News', icon: NewsIcon },
      { name: 'products', label: 'Products', icon: ProductIcon },
      { name: 'imports', label: 'Imports', icon: ImportIcon },
    ],
  },
  {
    label: 'Set-up',
    pages: [
      { name: 'programs', label: 'Programs', icon: ProgramIcon },
      { name: 'documents', label: 'Documents', icon: DocumentIcon },
      { name: 'members', label: 'Members', icon: MemberIcon },
      { name: 'tokens', label: 'Tokens', icon: TokenIcon },
      { name: 'webhooks', label: 'Webhooks', icon: WebhookIcon },
      { name: 'audit', label: 'Audit log', icon: AuditIcon },
    ],
  },
];

export const PAGES: readonly PageEntry[] = GROUPS.flatMap(({ pages }) => pages);
