import { runDue } from './books/index.ts';
import { markOverdueCases } from './cases/index.ts';
import { AffiliateService, ClassService, EnrollmentService, JoinService } from './modules/affiliate/index.ts';
import { ApprovalService, setSecondPerson } from './modules/approval/index.ts';
import { AuditService } from './modules/audit/index.ts';
import { BackTestService } from './modules/backtest/index.ts';
import { CommissionService } from './modules/commission/index.ts';
import { CaseService, SourceService } from './modules/compliance/index.ts';
import { ContractService } from './modules/contract/index.ts';
import { DocumentService } from './modules/document/index.ts';
import { GrantService } from './modules/grant/index.ts';
import { Authenticator, Token, TokenService } from './modules/identity/index.ts';
import { ImportRunner, ImportService, OrderRows, ProductRows } from './modules/import/index.ts';
import { AdjustmentService, IntakeService } from './modules/intake/index.ts';
import { BalanceService, EntryService, ExpiryService, StatementService } from './modules/ledger/index.ts';
import { LinkService } from './modules/link/index.ts';
import { MeasureService } from './modules/measure/index.ts';
import { DashboardService, LiveService, LookupService, ViewService } from './modules/office/index.ts';
import { OrderService } from './modules/order/index.ts';
import {
  cutOffBatches,
  PaymentMethods,
  PayoutBatchService,
  PayoutProviderService,
  PayoutResultService,
  PayoutSendService,
  type PayoutSettings,
} from './modules/payout/index.ts';
import { PersonService, SignUpService } from './modules/person/index.ts';
import { PostbackService } from './modules/postback/index.ts';
import { PrivacyService } from './modules/privacy/index.ts';
import { ProductService } from './modules/product/index.ts';
import { ProgramService, readBundledTerms, TermsStore, TurnService } from './modules/program/index.ts';
import { CreativeService, NewsService } from './modules/promotion/index.ts';
import { CouponService, RedemptionService } from './modules/redemption/index.ts';
import { ClickIds } from './modules/redirect/index.ts';
import { CustomerService } from './modules/referral/index.ts';
import { ReportService } from './modules/report/index.ts';
import { RequestService } from './modules/request/index.ts';
import { SanctionsService } from './modules/sanctions/index.ts';
import { type Due, Organization, OrganizationService, SandboxService } from './modules/sandbox/index.ts';
import { FactorResetService, type SignIn, StaffService } from './modules/staff/index.ts';
import { ClickService } from './modules/tracking/index.ts';
import { WebhookService } from './modules/webhook/index.ts';
import { PayoutMethodService, WithdrawalService } from './modules/withdrawal/index.ts';
import type { EntityManager, Orm } from './platform/database/orm.ts';
import type { Keys } from './platform/keys.ts';

/** What resolvers and other services call. One of each for the whole process; what belongs to one request stands in its context. */
export interface Services {
  readonly authenticator: Authenticator;
  readonly tokens: TokenService;
  readonly grants: GrantService;
  readonly signIn: SignIn;
  readonly staff: StaffService;
  readonly factorResets: FactorResetService;
  readonly audit: AuditService;
  readonly approvals: ApprovalService;
  readonly organizations: OrganizationService;
  readonly sandboxes: SandboxService;
  readonly programs: ProgramService;
  readonly turns: TurnService;
  readonly terms: TermsStore;
  readonly due: Due;
  readonly intake: IntakeService;
  readonly adjustments: AdjustmentService;
  readonly imports: ImportService;
  readonly importRunner: ImportRunner;
  readonly privacy: PrivacyService;
  readonly signUps: SignUpService;
  readonly people: PersonService;
  readonly affiliates: AffiliateService;
  readonly joining: JoinService;
  readonly enrollments: EnrollmentService;
  readonly classes: ClassService;
  readonly measures: MeasureService;
  readonly requests: RequestService;
  readonly documents: DocumentService;
  readonly contracts: ContractService;
  readonly cases: CaseService;
  readonly sources: SourceService;
  readonly links: LinkService;
  readonly postbacks: PostbackService;
  readonly webhooks: WebhookService;
  readonly products: ProductService;
  readonly clicks: ClickService;
  readonly customers: CustomerService;
  readonly orders: OrderService;
  readonly commissions: CommissionService;
  readonly balances: BalanceService;
  readonly statements: StatementService;
  readonly expiries: ExpiryService;
  readonly entries: EntryService;
  readonly withdrawals: WithdrawalService;
  readonly payoutMethods: PayoutMethodService;
  readonly dashboard: DashboardService;
  readonly reports: ReportService;
  readonly creatives: CreativeService;
  readonly news: NewsService;
  readonly lookup: LookupService;
  readonly live: LiveService;
  readonly views: ViewService;
  readonly backTests: BackTestService;
  readonly payoutBatches: PayoutBatchService;
  readonly payoutSending: PayoutSendService;
  readonly payoutResults: PayoutResultService;
  readonly payoutProviders: PayoutProviderService;
  readonly sanctions: SanctionsService;
  readonly coupons: CouponService;
  readonly redemptions: RedemptionService;
}

/** Every entity that MikroORM knows. */
export const entities = [Organization, Token];

/** What services are made of. */
export interface ServiceParts {
  readonly orm: Orm;
  readonly signIn: SignIn;
  readonly keys: Keys;
  readonly payout: PayoutSettings;
  /** Addresses that others name need TLS. */
  readonly production: boolean;
}

/** The one place where services meet each other. */
export function createServices({ orm, signIn, keys, payout, production }: ServiceParts): Services {
  const authenticator = new Authenticator(orm, (memberId) => signIn.sessions.forget({ memberId }));
  const tokens = new TokenService(authenticator);
  const { outbox, throttle } = signIn;
  const terms = new TermsStore();
  const programs = new ProgramService(terms, readBundledTerms());
  const adjustments = new AdjustmentService();
  const turns = new TurnService();
  const coupons = new CouponService(keys);
  const organizations = new OrganizationService();
  const methods = new PaymentMethods(payout);
  const intake = new IntakeService(orm, terms, new ClickIds(keys.of('clicks')));
  const withdrawals = new WithdrawalService(() => orm.em.fork({ clear: true }) as EntityManager, intake);
  const batches = cutOffBatches((em, programId, organizationId) => intake.termsOf(em, programId, organizationId), methods.linesAtOnce);
  const importKinds = [new OrderRows(intake), new ProductRows(intake)];
  const importRunner = new ImportRunner({ fork: () => orm.em.fork({ clear: true }) as EntityManager, organizations, kinds: importKinds });
  const payoutResults = new PayoutResultService(methods, organizations);
  return {
    authenticator,
    tokens,
    grants: new GrantService(authenticator),
    signIn,
    staff: new StaffService(signIn),
    factorResets: new FactorResetService(signIn),
    audit: new AuditService(),
    approvals: new ApprovalService()
      .register('publishTerms', programs.publishing)
      .register('closeProgram', turns.closing)
      .register('approveWithdrawal', withdrawals.approving)
      .register('postAdjustment', adjustments.posting)
      .register('setSecondPerson', setSecondPerson),
    organizations,
    sandboxes: new SandboxService(),
    programs,
    turns,
    terms,
    due: {
      async runUntil(organizationId, until) {
        const em = orm.em.fork({ clear: true }) as EntityManager;
        const done = await runDue(em, organizationId, until, batches);
        return done + (await markOverdueCases(em, organizationId, until));
      },
    },
    intake,
    adjustments,
    imports: new ImportService(importKinds, importRunner),
    importRunner,
    privacy: new PrivacyService(tokens),
    signUps: new SignUpService(tokens, outbox, throttle),
    people: new PersonService(tokens, outbox, throttle),
    affiliates: new AffiliateService(),
    joining: new JoinService(),
    enrollments: new EnrollmentService(),
    classes: new ClassService(),
    measures: new MeasureService(),
    requests: new RequestService(outbox),
    documents: new DocumentService(),
    contracts: new ContractService(),
    cases: new CaseService(),
    sources: new SourceService(),
    links: new LinkService(),
    webhooks: new WebhookService(keys.of('webhooks'), production),
    postbacks: new PostbackService(keys.of('postbacks'), intake, organizations),
    products: new ProductService(),
    clicks: new ClickService(),
    customers: new CustomerService(),
    orders: new OrderService(),
    commissions: new CommissionService(),
    balances: new BalanceService(),
    statements: new StatementService(),
    expiries: new ExpiryService(),
    entries: new EntryService(),
    withdrawals,
    payoutMethods: new PayoutMethodService(),
    dashboard: new DashboardService(),
    creatives: new CreativeService(),
    news: new NewsService(outbox, keys, () => signIn.publicUrl()),
    reports: new ReportService(() => orm.em.fork({ clear: true }) as EntityManager),
    lookup: new LookupService(),
    live: new LiveService(orm),
    views: new ViewService(),
    backTests: new BackTestService(),
    payoutBatches: new PayoutBatchService(methods),
    payoutSending: new PayoutSendService(methods),
    payoutResults,
    payoutProviders: new PayoutProviderService(orm, methods, payoutResults),
    sanctions: new SanctionsService(organizations),
    coupons,
    redemptions: new RedemptionService(coupons),
  };
}
