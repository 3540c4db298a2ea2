/** A scenario as its file tells it, after the check against the schema. */
export interface Scenario {
  /** Of the file; paths in it are relative to its folder. */
  readonly file: string;
  readonly title: string;
  /** The key of a bundled program, or a path to a terms document. */
  readonly program: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** Counts from 1, as a reader would. */
  readonly number: number;
  readonly at: string;
  /** `at` in milliseconds. */
  readonly instant: number;
  readonly occurredAt?: string;
  /** A rule or a code: the step must be turned away by it. */
  readonly refused?: string;
  /** Sent a second time, with no further effect. */
  readonly repeat: boolean;
  readonly kind: StepKind;
  /** What stands under the name of the kind. */
  readonly content: StepContents[StepKind];
}

export type StepKind = keyof StepContents;

/** What tells something, as opposed to what waits or looks. */
export type ActKind = Exclude<StepKind, 'wait' | 'expect'>;

interface OfAffiliate {
  readonly affiliate: string;
}

interface OfCase extends OfAffiliate {
  readonly rule: string;
}

interface OfOrder {
  readonly order: string;
}

interface OfWithdrawal {
  readonly withdrawal: string;
  readonly reason?: string;
}

/** A coupon by the exchange that bought it, and the cart that it is about. */
interface OfCoupon {
  readonly redemption: string;
  readonly cart: string;
}

interface OfBatch {
  readonly batch: string;
}

/** One of several members of staff, by a name of the scenario's own. */
interface By {
  readonly by?: string;
}

export interface AnsweredLine {
  readonly withdrawal: string;
  readonly status: string;
  readonly amount?: string;
  readonly currency?: string;
  readonly reason?: string;
}

interface OfRequest {
  readonly request: string;
}

interface WithReason {
  readonly reason?: string;
}

/** What staff decide about the program as a whole. */
interface Turn extends WithReason {
  readonly from?: string;
}

interface Joining extends OfAffiliate {
  readonly country?: string;
  readonly customer?: string;
  readonly name?: string;
  readonly email?: string;
}

interface SanctionsEntry {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly countries?: readonly string[];
}

interface CreativeContent {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly url: string;
  readonly image?: string;
  readonly width?: number;
  readonly height?: number;
  readonly code?: string;
  readonly validFrom?: string;
  readonly validUntil?: string;
  /** Whose alone it is. */
  readonly affiliate?: string;
}

export interface StepContents {
  creative: CreativeContent;
  withdrawCreative: { readonly creative: string };
  news: { readonly title: string; readonly body?: string };
  accountManager: OfAffiliate & { readonly name?: string; readonly email?: string };
  enroll: Joining & { readonly class?: string };
  apply: Joining & { readonly acceptedTerms?: number; readonly kind?: string; readonly channels?: readonly string[] };
  approve: OfAffiliate;
  reject: OfAffiliate & WithReason;
  sendContract: OfAffiliate;
  signContract: OfAffiliate;
  suspend: OfAffiliate & WithReason;
  reinstate: OfAffiliate;
  terminate: OfAffiliate & WithReason;
  trafficSource: OfAffiliate & {
    readonly kind: string;
    readonly name: string;
    readonly url?: string;
    readonly optIn?: boolean;
    readonly optOut?: boolean;
    readonly texts?: readonly string[];
    readonly titles?: readonly string[];
    readonly negativeKeywords?: readonly string[];
  };
  markSource: OfAffiliate & { readonly name: string; readonly evidence?: string };
  acceptDocument: OfAffiliate & { readonly document: string; readonly version?: number };
  publishDocument: {
    readonly name: string;
    readonly kind?: string;
    readonly title?: string;
    readonly text?: string;
    readonly regions?: readonly string[];
    readonly holdsFrom?: string;
    readonly acceptFrom?: string;
    readonly blocks?: readonly string[];
  };
  openRequest: OfAffiliate & {
    readonly id: string;
    readonly kind: string;
    readonly text?: string;
    readonly class?: string;
    readonly channel?: string;
    readonly trafficSource?: string;
    readonly order?: string;
    readonly product?: string;
    readonly productPrice?: string;
    readonly points?: string;
    readonly discounts?: readonly string[];
    readonly payoutMethod?: { readonly kind: string; readonly currency?: string; readonly account?: string };
  };
  replyToRequest: OfRequest & { readonly affiliate?: string; readonly text?: string };
  askAboutRequest: OfRequest & { readonly text?: string };
  grantRequest: OfRequest & { readonly text?: string };
  refuseRequest: OfRequest & WithReason;
  answerRequest: OfRequest & { readonly text?: string };
  withdrawRequest: OfRequest & OfAffiliate;
  permission: OfAffiliate & { readonly channel: string; readonly granted?: boolean };
  link: OfAffiliate & { readonly id: string; readonly url?: string; readonly product?: string; readonly subId?: string };
  chooseCode: OfAffiliate & { readonly link: string; readonly code: string };
  click: Click;
  register: Registration;
  activity: OfAffiliate & { readonly id: string; readonly kind: string; readonly amount?: string };
  order: Order;
  rejectOrder: OfOrder & WithReason;
  pay: OfOrder;
  ship: OfOrder;
  complete: OfOrder;
  confirm: OfOrder;
  cancel: OfOrder;
  refund: OfOrder & { readonly id: string; readonly lines?: readonly RefundLine[] };
  dispute: OfOrder;
  closeDispute: OfOrder & { readonly inFavorOf: string };
  spam: OfOrder & { readonly status: string };
  requestClass: OfAffiliate & { readonly class: string };
  approveClass: OfAffiliate;
  refuseClass: OfAffiliate & WithReason;
  payoutMethod: OfAffiliate &
    WithReason & {
      readonly kind: string;
      readonly currency?: string;
      readonly account?: string;
      readonly holder?: string;
      readonly bank?: string;
      readonly by?: 'affiliate' | 'staff';
    };
  withdraw: OfAffiliate & { readonly id: string; readonly amount?: string };
  approveWithdrawal: OfWithdrawal;
  rejectWithdrawal: OfWithdrawal;
  paid: OfWithdrawal;
  failed: OfWithdrawal;
  returned: OfWithdrawal;
  holdWithdrawal: OfWithdrawal;
  releaseWithdrawal: OfWithdrawal;
  secondPerson: { readonly kind: string; readonly on: boolean };
  collectBatch: OfBatch & By;
  freezeBatch: OfBatch & By;
  approveBatch: OfBatch & By & { readonly hash?: string };
  sendBatch: OfBatch & By;
  discardBatch: OfBatch & WithReason;
  markLine: OfBatch & WithReason & { readonly withdrawal: string; readonly outcome: string; readonly lookedUp?: boolean };
  answer: OfBatch & { readonly method?: string; readonly lines: readonly AnsweredLine[] };
  redeem: OfAffiliate & {
    readonly id: string;
    readonly kind: string;
    readonly points: string;
    readonly unit?: string;
    readonly productPrice?: string;
    readonly discounts?: readonly string[];
  };
  holdCoupon: OfCoupon;
  releaseCoupon: OfCoupon;
  useCoupon: OfCoupon;
  capture: { readonly redemption: string; readonly order?: string };
  release: { readonly redemption: string };
  fulfilRedemption: { readonly redemption: string };
  refuseRedemption: { readonly redemption: string };
  qualityFactor: OfAffiliate & WithReason & { readonly factor: string };
  forbidProduct: { readonly product: string };
  selfReferral: { readonly allowed: boolean };
  confirmCase: OfCase & WithReason;
  dismissCase: OfCase & WithReason;
  assignCase: OfCase;
  setCaseDeadline: OfCase & WithReason & { readonly dueAt: string };
  noteCase: OfCase & { readonly text?: string };
  askAboutCase: OfCase & { readonly text?: string };
  answerCase: OfCase & { readonly text?: string };
  addCaseEvidence: OfCase & { readonly click?: string; readonly order?: string; readonly customer?: string; readonly text?: string };
  setCaseDays: { readonly days: number };
  sanctionsList: { readonly list: string; readonly entries: readonly SanctionsEntry[] };
  clearMatch: OfAffiliate & WithReason;
  confirmMatch: OfAffiliate & WithReason;
  product: Product;
  pauseProgram: Turn;
  reopenProgram: Turn;
  closeProgram: Turn & { readonly requestsUntil?: string };
  publishTerms: { readonly terms: string; readonly from: string };
  correctOrder: Order & { readonly reason: string };
  voidOrder: OfOrder & { readonly reason: string };
  undoEvent: OfOrder & { readonly event: string; readonly id?: string; readonly reason: string };
  attributeOrder: OfOrder & { readonly affiliate: string | null; readonly reason: string };
  adjustment: OfAffiliate & {
    readonly id: string;
    readonly kind: 'adjustment' | 'bonus';
    readonly amount: string;
    readonly reason: string;
    readonly usableFrom?: string;
    readonly expiresAt?: string;
  };
  wait: Record<string, never>;
  expect: Expectations;
}

/** Facts that only this program has, as its terms declare them. */
type Attributes = Readonly<Record<string, string | boolean | number>>;

interface Click extends OfAffiliate {
  readonly id: string;
  readonly attributes?: Attributes;
  readonly link?: string;
  readonly visitor?: string;
  readonly country?: string;
  readonly landing?: { readonly page: string; readonly product?: string; readonly store?: string; readonly url?: string };
  readonly channel?: string;
  readonly keyword?: string;
  readonly referrer?: string;
  readonly method?: string;
  readonly fetchDest?: string;
}

interface Registration {
  readonly customer: string;
  readonly visitor?: string;
  readonly click?: string;
  readonly referralCode?: string;
  readonly phone?: string;
  readonly storeAuthorized?: boolean;
  readonly attributes?: Attributes;
}

export interface Order {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly customer?: string;
  readonly visitor?: string;
  readonly click?: string;
  readonly affiliateCoupon?: string;
  readonly country?: string;
  readonly shipping?: string;
  readonly platform?: string;
  readonly discounts?: readonly string[];
  readonly plugin?: string;
  readonly spam?: string;
  readonly attributes?: Attributes;
  readonly items: readonly OrderItem[];
}

export interface OrderItem {
  readonly sku: string;
  readonly product?: string;
  readonly store?: string;
  readonly storeCountry?: string;
  readonly storeCommission?: boolean;
  readonly category?: string;
  readonly kind?: string;
  readonly price: string;
  readonly quantity?: number;
  readonly rate?: string;
  readonly section?: string;
  readonly deliveryFrom?: string;
  readonly deliveryService?: string;
  readonly attributes?: Attributes;
}

export interface RefundLine {
  readonly sku: string;
  readonly quantity?: number;
  readonly amount?: string;
}

interface Product {
  readonly id: string;
  readonly title?: string;
  readonly store?: string;
  readonly storeCountry?: string;
  readonly category?: string;
  readonly kind?: string;
  readonly price?: string;
  readonly rate?: string;
  readonly available?: boolean;
  readonly participates?: boolean;
  readonly url?: string;
  readonly attributes?: Attributes;
}

/** Things by their ids, and of each the fields that must have the value given. */
type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export const SUBJECTS = [
  'balances',
  'orders',
  'withdrawals',
  'batches',
  'requests',
  'affiliates',
  'clicks',
  'customers',
  'links',
  'checks',
  'searches',
] as const;
export type Subject = (typeof SUBJECTS)[number];
export type Expectations = { readonly [S in Subject]?: Expected };
