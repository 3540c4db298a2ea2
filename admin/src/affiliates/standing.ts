import { graphql, type ResultOf } from '../api/graphql.ts';
import type { Happening } from '../ui/Timeline.tsx';
import type { Say } from '../words/words.ts';

/** What somebody has in a program, and what happened to them there. */
export const standingDocument = graphql(`
  query AffiliateStanding($program: String!, $affiliate: String!) {
    balances(program: $program, affiliate: $affiliate) {
      units {
        unit
        isReward
        pending { value unit }
        available { value unit }
        reserved { value unit }
        paid { value unit }
        expired { value unit }
        debt { value unit }
      }
    }
    enrollment(program: $program, affiliate: $affiliate) {
      statusHistory { status at reason doneBy }
      classRequests { id class status requestedAt answeredAt answeredBy reason }
      permissions { channel granted since decidedBy }
      cases { id rule status openedAt closedAt closedBy }
    }
    withdrawals(program: $program, affiliate: $affiliate, first: 20) {
      nodes { externalId requestedAt amount { value unit } history { kind reason happenedAt by } }
    }
    payoutMethods(program: $program, affiliate: $affiliate) { id kind setAt setBy }
    ledgerEntries(program: $program, affiliate: $affiliate, kinds: ["adjustment", "bonus", "expired"], first: 20) {
      nodes { id kind happenedAt by reason change { value unit } }
    }
  }
`);

type Found = ResultOf<typeof standingDocument>;
export type UnitBalance = NonNullable<Found['balances']>['units'][number];

/** All that happened to an affiliate in a program, the last first. */
export function happeningsOf(found: Omit<Found, 'balances'>, say: Say): readonly Happening[] {
  const by = (who: string | null | undefined, reason?: string | null) =>
    [who && say('By %{who}', { who }), reason].filter(Boolean).join(': ');
  const sum = ({ value, unit }: { readonly value: string; readonly unit: string }) => `${say.decimal(value)} ${unit}`;
  const { enrollment, withdrawals, payoutMethods, ledgerEntries } = found;
  const happenings: Happening[] = [
    ...(enrollment?.statusHistory ?? []).map(({ status, at, reason, doneBy }, index) => ({
      key: `status ${index}`,
      at,
      what: say.word(status),
      more: by(doneBy, reason),
    })),
    ...(enrollment?.classRequests ?? []).flatMap(({ id, class: wanted, status, requestedAt, answeredAt, answeredBy, reason }) => [
      { key: `asked ${id}`, at: requestedAt, what: say('Asked for the class %{class}', { class: wanted }) },
      ...(answeredAt
        ? [
            {
              key: `answered ${id}`,
              at: answeredAt,
              what: say('Class %{class}: %{answer}', { class: wanted, answer: say.word(status) }),
              more: by(answeredBy, reason),
            },
          ]
        : []),
    ]),
    ...(enrollment?.permissions ?? []).map(({ channel, granted, since, decidedBy }) => ({
      key: `channel ${channel}`,
      at: since,
      what: granted ? say('The channel %{channel} was permitted', { channel }) : say('The channel %{channel} was taken back', { channel }),
      more: by(decidedBy),
    })),
    ...(enrollment?.cases ?? []).flatMap(({ id, rule, status, openedAt, closedAt, closedBy }) => [
      { key: `case ${id}`, at: openedAt, what: say('A case was opened under %{rule}', { rule }) },
      ...(closedAt
        ? [
            {
              key: `closed ${id}`,
              at: closedAt,
              what: say('Case under %{rule}: %{outcome}', { rule, outcome: say.word(status) }),
              more: by(closedBy),
            },
          ]
        : []),
    ]),
    ...withdrawals.nodes.flatMap(({ externalId, requestedAt, amount, history }) => [
      {
        key: `withdrawal ${externalId}`,
        at: requestedAt,
        what: say('Asked for withdrawal %{id}', { id: externalId }),
        ...(amount ? { more: sum(amount) } : {}),
      },
      ...history.map(({ kind, reason, happenedAt, by: who }, index) => ({
        key: `withdrawal ${externalId} ${index}`,
        at: happenedAt,
        what: say('Withdrawal %{id}: %{what}', { id: externalId, what: say.word(kind) }),
        more: by(who, reason),
      })),
    ]),
    ...payoutMethods.map(({ id, kind, setAt, setBy }) => ({
      key: `method ${id}`,
      at: setAt,
      what: say('Payment details were set: %{method}', { method: say.word(kind) }),
      more: by(setBy),
    })),
    ...ledgerEntries.nodes.map(({ id, kind, happenedAt, by: who, reason, change }) => ({
      key: `entry ${id}`,
      at: happenedAt,
      what: `${say.word(kind)}: ${sum(change)}`,
      more: by(who, reason),
    })),
  ];
  // Of what happened at one instant the later step comes first, too.
  return happenings.reverse().sort((one, other) => other.at.localeCompare(one.at));
}
