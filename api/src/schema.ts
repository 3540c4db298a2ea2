import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { AffiliateResolver, ClassRequestResolver, EnrollmentActResolver, EnrollmentResolver } from './modules/affiliate/index.ts';
import {
  ApprovalResolver,
  ApproveWithdrawalApprovalResolver,
  CloseProgramApprovalResolver,
  PostAdjustmentApprovalResolver,
  PublishTermsApprovalResolver,
} from './modules/approval/index.ts';
import { AuditResolver, recordActs } from './modules/audit/index.ts';
import { BackTestResolver } from './modules/backtest/index.ts';
import { CommissionResolver, OrderCommissionResolver, OrderLineCommissionResolver } from './modules/commission/index.ts';
import {
  CaseActResolver,
  CaseEvidenceResolver,
  CaseResolver,
  EnrollmentComplianceResolver,
  FraudFiguresResolver,
  ProgramCasesResolver,
  TrafficSourceResolver,
} from './modules/compliance/index.ts';
import { EnrollmentContractResolver } from './modules/contract/index.ts';
import {
  DocumentAcceptanceResolver,
  DocumentResolver,
  EnrollmentDocumentsResolver,
  ProgramDocumentsResolver,
} from './modules/document/index.ts';
import { AssigneeResolver, GrantResolver } from './modules/grant/index.ts';
import { TokenResolver, ViewerResolver } from './modules/identity/index.ts';
import { ImportResolver } from './modules/import/index.ts';
import { CorrectionResolver, IntakeResolver } from './modules/intake/index.ts';
import { EnrollmentBalancesResolver, ExpiryResolver, LedgerEntryResolver, LedgerResolver } from './modules/ledger/index.ts';
import { EnrollmentLinksResolver, LinkResolver } from './modules/link/index.ts';
import { MeasureResolver } from './modules/measure/index.ts';
import {
  CutOffAheadResolver,
  DashboardResolver,
  DayOfCommissionResolver,
  LookupResolver,
  tellChanges,
  ViewResolver,
  WaitingWorkResolver,
} from './modules/office/index.ts';
import { OrderEventResolver, OrderLineResolver, OrderResolver } from './modules/order/index.ts';
import { PayoutBatchResolver, PayoutLineResolver } from './modules/payout/index.ts';
import { AffiliatePeopleResolver, PersonResolver, SignUpResolver } from './modules/person/index.ts';
import { PostbackResolver } from './modules/postback/index.ts';
import { PrivacyResolver } from './modules/privacy/index.ts';
import { ProductResolver } from './modules/product/index.ts';
import {
  CatalogueResolver,
  ProgramResolver,
  ProgramTurnResolver,
  TermsDraftResolver,
  TermsVersionResolver,
} from './modules/program/index.ts';
import { CreativeResolver, EnrollmentPromotionResolver, NewsResolver } from './modules/promotion/index.ts';
import { CouponResolver, RedemptionCouponResolver, RedemptionResolver } from './modules/redemption/index.ts';
import { CustomerResolver } from './modules/referral/index.ts';
import { ReportResolver } from './modules/report/index.ts';
import {
  CaseRequestResolver,
  ProgramRequestsResolver,
  RequestActResolver,
  RequestResolver,
  SourceReviewResolver,
} from './modules/request/index.ts';
import { SanctionsListResolver, SanctionsMatchResolver } from './modules/sanctions/index.ts';
import { SandboxResolver } from './modules/sandbox/index.ts';
import { FactorResetResolver, StaffResolver, StaffSessionResolver } from './modules/staff/index.ts';
import { EnrollmentTagResolver, LinkTagResolver, TrafficSourceTagResolver } from './modules/tag/index.ts';
import { ClickResolver } from './modules/tracking/index.ts';
import { WebhookPlaceResolver, WebhookResolver } from './modules/webhook/index.ts';
import { PayoutMethodResolver, WithdrawalResolver } from './modules/withdrawal/index.ts';
import { createSchema } from './platform/graphql/schema.ts';

const createTelling = (resolvers: Parameters<typeof createSchema>[0]): GraphQLSchema => tellChanges(createSchema(resolvers));

let schema: GraphQLSchema | undefined;

/** The schema of the whole API. */
export function apiSchema(): GraphQLSchema {
  schema ??= recordActs(
    createTelling([
      AffiliateResolver,
      EnrollmentResolver,
      EnrollmentActResolver,
      ClassRequestResolver,
      MeasureResolver,
      CaseResolver,
      CaseActResolver,
      CaseEvidenceResolver,
      ProgramCasesResolver,
      FraudFiguresResolver,
      CaseRequestResolver,
      EnrollmentComplianceResolver,
      TrafficSourceResolver,
      RequestResolver,
      RequestActResolver,
      ProgramRequestsResolver,
      SourceReviewResolver,
      DocumentResolver,
      DocumentAcceptanceResolver,
      ProgramDocumentsResolver,
      EnrollmentDocumentsResolver,
      EnrollmentContractResolver,
      PrivacyResolver,
      SignUpResolver,
      PersonResolver,
      AffiliatePeopleResolver,
      LinkResolver,
      EnrollmentLinksResolver,
      LinkTagResolver,
      EnrollmentTagResolver,
      TrafficSourceTagResolver,
      PostbackResolver,
      WebhookResolver,
      WebhookPlaceResolver,
      ProductResolver,
      ViewerResolver,
      TokenResolver,
      GrantResolver,
      AssigneeResolver,
      StaffResolver,
      StaffSessionResolver,
      FactorResetResolver,
      SandboxResolver,
      SanctionsMatchResolver,
      SanctionsListResolver,
      ProgramResolver,
      ProgramTurnResolver,
      TermsVersionResolver,
      TermsDraftResolver,
      BackTestResolver,
      CatalogueResolver,
      IntakeResolver,
      ImportResolver,
      CorrectionResolver,
      ClickResolver,
      CustomerResolver,
      OrderResolver,
      OrderLineResolver,
      OrderEventResolver,
      CommissionResolver,
      OrderCommissionResolver,
      OrderLineCommissionResolver,
      LedgerResolver,
      LedgerEntryResolver,
      EnrollmentBalancesResolver,
      ExpiryResolver,
      WithdrawalResolver,
      PayoutMethodResolver,
      PayoutBatchResolver,
      PayoutLineResolver,
      RedemptionResolver,
      DashboardResolver,
      WaitingWorkResolver,
      CutOffAheadResolver,
      DayOfCommissionResolver,
      LookupResolver,
      ViewResolver,
      ReportResolver,
      CreativeResolver,
      NewsResolver,
      EnrollmentPromotionResolver,
      CouponResolver,
      RedemptionCouponResolver,
      AuditResolver,
      ApprovalResolver,
      PublishTermsApprovalResolver,
      CloseProgramApprovalResolver,
      ApproveWithdrawalApprovalResolver,
      PostAdjustmentApprovalResolver,
    ]),
  );
  return schema;
}
