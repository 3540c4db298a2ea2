interface Reply {
  readonly data?: Readonly<
    Record<string, (Record<string, unknown> & { userErrors: readonly { code: string; message: string }[] }) | null>
  > | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** What the API turned away, or could not do. */
export class Refused extends Error {
  readonly code: string;

  constructor(mutation: string, code: string, message: string) {
    super(`${mutation}: ${code}: ${message}`);
    this.code = code;
  }
}

/** Calls one mutation over HTTP, as anybody would. Throws `Refused`. */
export async function call(url: string, token: string, mutation: string, input: object, answer = ''): Promise<Record<string, unknown>> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { code message } } }`;
  const response = await fetch(new URL('/graphql', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors = [] } = (await response.json()) as Reply;
  const payload = data?.[mutation];
  const [fault] = errors;
  if (fault || !payload) throw new Refused(mutation, fault?.extensions?.code ?? 'INTERNAL', fault?.message ?? 'no answer');
  const [refusal] = payload.userErrors;
  if (refusal) throw new Refused(mutation, refusal.code, refusal.message);
  return payload;
}
