import pg from 'pg';

/** Runs `work` and answers the statements that it sent to the database; the API runs in this very process. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const { prototype } = pg.Client;
  const original = prototype.query;
  const statements: string[] = [];
  prototype.query = function noting(this: pg.Client, ...args: never[]) {
    const [first] = args as unknown[];
    statements.push(typeof first === 'string' ? first : String((first as { text?: string } | undefined)?.text));
    return (original as (...all: never[]) => unknown).apply(this, args);
  } as typeof prototype.query;
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return statements;
}

/** Who asks, when it is for them, and whether there are newer terms: that is asked with every request, or once a second. */
const OF_EVERY_REQUEST = /\bapi_token\b|select clock from organization|from terms_version/;

/** The same without what comes with every request, so that it can be counted. */
export async function readsOf(work: () => Promise<unknown>): Promise<string[]> {
  return (await statementsOf(work)).filter((text) => !OF_EVERY_REQUEST.test(text));
}
