import type { LoaderDefinition } from '../../context.ts';
import { hotRows, rows } from '../../platform/database/sql.ts';
import { DECISION_COLUMNS, type DecisionRow, type Derivation } from './commission.entity.ts';

const MOST_REVISIONS = 100;

export interface DecisionKey {
  readonly orderId: string;
  readonly revision: number;
}

const keyOf = ({ orderId, revision }: DecisionKey) => `${orderId} ${revision}`;

/** The caller has made sure that the viewer may see the orders. */
export const decisionsByKey: LoaderDefinition<DecisionKey, DecisionRow> = {
  keyOf,
  async read({ em }, keys) {
    const text = `select ${DECISION_COLUMNS} from unnest($1::uuid[], $2::int[]) as k (order_id, revision)
       join decision d on d.order_id = k.order_id and d.revision = k.revision`;
    const found = await hotRows<DecisionRow>(em, text, [keys.map(({ orderId }) => orderId), keys.map(({ revision }) => revision)]);
    const decisions = new Map(found.map((decision) => [keyOf(decision), decision]));
    return keys.map((key) => decisions.get(keyOf(key)) ?? new Error(`There is no decision ${keyOf(key)}`));
  },
};

/** All decisions about an order, the newest first. */
export const decisionsByOrder: LoaderDefinition<string, DecisionRow[]> = {
  async read({ em }, orderIds) {
    const text = `select ${DECISION_COLUMNS} from unnest($1::uuid[]) as k (order_id)
       cross join lateral (select * from decision where order_id = k.order_id order by revision desc limit ${MOST_REVISIONS}) d
       order by d.order_id, d.revision desc`;
    const found = await rows<DecisionRow>(em, text, [orderIds]);
    return orderIds.map((id) => found.filter(({ orderId }) => orderId === id));
  },
};

export const derivations: LoaderDefinition<DecisionKey, Derivation> = {
  keyOf,
  async read({ em }, keys) {
    const text = `select d.order_id as "orderId", d.revision, d.program_id as "programId", d.terms_version_id as "termsVersionId", d.steps
       from unnest($1::uuid[], $2::int[]) as k (order_id, revision) join decision d on d.order_id = k.order_id and d.revision = k.revision`;
    const values = [keys.map(({ orderId }) => orderId), keys.map(({ revision }) => revision)];
    const found = new Map((await rows<Derivation & DecisionKey>(em, text, values)).map((derivation) => [keyOf(derivation), derivation]));
    return keys.map((key) => found.get(keyOf(key)) ?? new Error(`There is no decision ${keyOf(key)}`));
  },
};
