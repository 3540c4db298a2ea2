import type { Terms, WithdrawalRules } from '@tributary/shared/terms';
import { readBundledTerms } from '../modules/program/index.ts';
import { must } from './acts.ts';
import type { Ask } from './api.ts';

export interface Payee {
  readonly name: string;
  readonly points: string;
  readonly kind?: string;
  readonly account?: string;
  readonly currency?: string;
  readonly holder?: string;
  readonly bank?: string;
}

/** Affiliates with points that can be used, each with a withdrawal `w-<name>` of all of them, approved. */
async function approvedWithdrawals(staff: Ask, payees: readonly Payee[], program: string): Promise<void> {
  for (const payee of payees) await withdrawalOf(staff, payee, program);
  const withdrawals = payees.map(({ name }) => `w-${name}`);
  await must(staff, 'approveWithdrawals', { program, withdrawals }, 'results { userErrors { message } }');
}

async function withdrawalOf(staff: Ask, { name, points, kind, ...details }: Payee, program: string): Promise<void> {
  await must(staff, 'enrollAffiliate', { program, affiliate: name, country: 'DE' });
  await must(staff, 'postAdjustment', {
    program,
    affiliate: name,
    id: `bonus-${name}`,
    kind: 'BONUS',
    amount: points,
    reason: 'a good month',
  });
  if (kind !== undefined) await must(staff, 'setPayoutMethod', { program, affiliate: name, kind, ...details });
  await must(staff, 'requestWithdrawal', { program, affiliate: name, id: `w-${name}` });
}

export interface BatchView {
  status: string;
  hash: string | null;
  totals: { method: string; payeeCurrency: string; status: string; lines: number; amount: { amount: string; currency: string } }[];
  parts: {
    id: string;
    number: number;
    method: string;
    status: string;
    reason: string | null;
    providerId: string | null;
    file: string | null;
  }[];
  lines: { nodes: LineView[] };
}

export interface LineView {
  id: string;
  status: string;
  reason: string | null;
  providerStatus: string | null;
  inDoubt: boolean;
  amount: { amount: string } | null;
  affiliate: { externalId: string };
  withdrawal: { externalId: string; status: string };
}

async function batchOf(staff: Ask, batch: string, program: string): Promise<BatchView> {
  const { payoutBatch } = await staff<{ payoutBatch: BatchView }>(
    `query ($program: String!, $batch: String!) { payoutBatch(program: $program, batch: $batch) {
       status hash totals { method payeeCurrency status lines amount { amount currency } }
       parts { id number method status reason providerId file }
       lines(first: 100) { nodes { id status reason providerStatus inDoubt amount { amount } affiliate { externalId } withdrawal { externalId status } } } } }`,
    { program, batch },
  );
  return payoutBatch;
}

/** `ann: sent` for each line, by name. */
async function linesOf(staff: Ask, batch: string, program: string): Promise<string[]> {
  const { lines } = await batchOf(staff, batch, program);
  return lines.nodes
    .map(({ affiliate, status, withdrawal }) => {
      // A line is what its withdrawal is, once it has left.
      const own =
        ['SENT', 'UNKNOWN', 'PAID', 'FAILED', 'RETURNED'].includes(status) && withdrawal.status !== status ? ` (${withdrawal.status})` : '';
      return `${affiliate.externalId}: ${status.toLowerCase()}${own}`;
    })
    .sort();
}

/** Collected, frozen, and approved by the second person. */
async function approvedBatch(staff: Ask, second: Ask, batch: string, program: string): Promise<void> {
  await must(staff, 'collectPayoutBatch', { program, batch });
  await must(staff, 'freezePayoutBatch', { program, batch });
  const { hash } = await batchOf(staff, batch, program);
  await must(second, 'approvePayoutBatch', { program, batch, hash });
}

async function sentBatch(staff: Ask, second: Ask, batch: string, program: string): Promise<void> {
  await approvedBatch(staff, second, batch, program);
  await must(staff, 'sendPayoutBatch', { program, batch });
}

async function balanceOf(staff: Ask, affiliate: string, program: string): Promise<{ available: string; reserved: string; paid: string }> {
  const { balances } = await staff<{ balances: Record<'available' | 'reserved' | 'paid', { value: string }> }>(
    'query ($program: String!, $affiliate: String!) { balances(program: $program, affiliate: $affiliate) { available { value } reserved { value } paid { value } } }',
    { program, affiliate },
  );
  return { available: balances.available.value, reserved: balances.reserved.value, paid: balances.paid.value };
}

/** People with money, and batches on their way, in one program. */
export function payoutsOf(program: string) {
  return {
    approvedWithdrawals: (staff: Ask, payees: readonly Payee[]) => approvedWithdrawals(staff, payees, program),
    withdrawalOf: (staff: Ask, payee: Payee) => withdrawalOf(staff, payee, program),
    batchOf: (staff: Ask, batch: string) => batchOf(staff, batch, program),
    linesOf: (staff: Ask, batch: string) => linesOf(staff, batch, program),
    approvedBatch: (staff: Ask, second: Ask, batch: string) => approvedBatch(staff, second, batch, program),
    sentBatch: (staff: Ask, second: Ask, batch: string) => sentBatch(staff, second, batch, program),
    balanceOf: (staff: Ask, affiliate: string) => balanceOf(staff, affiliate, program),
  };
}

/** Terms with a cut-off each month, for anybody's first withdrawal too. JSON, which is YAML. */
export function monthlyTerms(key: string, changed: { timeZone?: string; dayOfMonth?: number } = {}): string {
  const terms = [...readBundledTerms().values()].find(({ withdrawal }) => withdrawal?.cutOff !== undefined) as Terms;
  const { first: _, ...withdrawal } = terms.withdrawal as WithdrawalRules;
  const cutOff = { ...withdrawal.cutOff!, dayOfMonth: changed.dayOfMonth ?? withdrawal.cutOff!.dayOfMonth };
  const program = { ...terms.program, key, timeZone: changed.timeZone ?? terms.program.timeZone };
  return JSON.stringify({ ...terms, program, withdrawal: { ...withdrawal, cutOff } });
}
