import pg from 'pg';

export interface Noted {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Runs `work` and answers the statements that it sent to the database; the API runs in this very process. */
export async function notedStatements(work: () => Promise<unknown>): Promise<Noted[]> {
  const { prototype } = pg.Client;
  const original = prototype.query;
  const statements: Noted[] = [];
  prototype.query = function noting(this: pg.Client, ...args: never[]) {
    const [first, second] = args as unknown[];
    if (typeof first === 'string') statements.push({ text: first, values: Array.isArray(second) ? second : [] });
    else statements.push({ text: String((first as Noted | undefined)?.text), values: (first as Noted | undefined)?.values ?? [] });
    return (original as (...all: never[]) => unknown).apply(this, args);
  } as typeof prototype.query;
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return statements;
}

/** Only what was sent, without the values. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await notedStatements(work)).map(({ text }) => text);
}

/** Who asks, when it is for them, whether there are newer terms, and what open pages are told: with every request, or now and then. */
const OF_EVERY_REQUEST = /\bapi_token\b|select clock from organization|from terms_version|pg_notify/;

/** The same without what comes with every request, so that it can be counted. */
export async function readsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(work)).filter((text) => !OF_EVERY_REQUEST.test(text));
}
