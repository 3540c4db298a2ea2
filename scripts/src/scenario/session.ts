import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Api } from './api.ts';
import type { Client, Reply } from './client.ts';
import { StepFailed } from './failure.ts';
import type { Scenario } from './model.ts';
import type { Act, BatchSeen, Caller, Upload } from './steps/act.ts';

export type FactLevel = 'click' | 'customer' | 'order' | 'line';

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
  readonly rule: string | null;
}

export interface Answer {
  /** The rule or code that turned it away; undefined: it was done. */
  readonly refusal: string | undefined;
  readonly message: string;
  /** What was answered, comparable. */
  readonly text: string;
}

export interface Parts {
  readonly client: Client;
  readonly api: Api;
  /** Of staff of the live organization. */
  readonly staff: string;
  /** What the server wrote last. */
  log(): string;
}

type Values = Record<string, unknown>;

const DOCUMENT_PATH = /[\\/]|\.(ya?ml|json)$/;
const CREATE_SANDBOX = `mutation ($input: CreateSandboxInput!) {
  createSandbox(input: $input) { staffToken integratorToken userErrors { code message } }
}`;
const CREATE_PROGRAM = `mutation ($input: CreateProgramInput!) {
  createProgram(input: $input) { program { key } userErrors { code message path } }
}`;
const CREATE_TOKEN = 'mutation ($input: CreateTokenInput!) { createToken(input: $input) { secret userErrors { code message } } }';
const ADVANCE = 'mutation ($input: AdvanceClockInput!) { advanceClock(input: $input) { now userErrors { code message } } }';
const SOURCES =
  'query ($program: String!, $affiliate: String!) { enrollment(program: $program, affiliate: $affiliate) { trafficSources { id name } } }';
const QUESTIONS =
  'query ($program: String!, $affiliate: String!) { enrollment(program: $program, affiliate: $affiliate) { cases { rule request { externalId } } } }';
const MATCHES = '{ sanctionsMatches(first: 100) { nodes { id affiliate { externalId } } } }';
const COUPON = 'query ($program: String!, $redemption: String!) { redemption(program: $program, id: $redemption) { coupon { code } } }';
const BATCH =
  'query ($program: String!, $batch: String!) { payoutBatch(program: $program, batch: $batch) { hash lines(first: 100) { nodes { id withdrawal { externalId } } } } }';
const DOCUMENTS = 'query ($key: String!) { program(key: $key) { termsVersions { document } } }';

/** One scenario's own sandbox: its clock, its program, and a token for each kind of caller. */
export class Session {
  readonly api: Api;
  /** The key of the program that the scenario is about. */
  readonly program: string;
  /** Affiliates that have appeared. */
  readonly affiliates = new Set<string>();
  /** Orders told so far. */
  readonly orders: string[] = [];
  private readonly client: Client;
  private readonly tokens: { readonly staff: string; readonly integrator: string };
  private readonly affiliateTokens = new Map<string, Promise<string>>();
  private readonly memberTokens = new Map<string, Promise<string>>();
  private readonly folder: string;
  private clock: number;
  private declared: Promise<ReadonlySet<string>> | undefined;

  private constructor(parts: Parts, scenario: Scenario, program: string, tokens: { staff: string; integrator: string }) {
    this.client = parts.client;
    this.api = parts.api;
    this.program = program;
    this.tokens = tokens;
    this.folder = dirname(scenario.file);
    this.clock = scenario.steps[0]!.instant;
  }

  static async open(parts: Parts, scenario: Scenario): Promise<Session> {
    const byPath = DOCUMENT_PATH.test(scenario.program);
    const document = byPath ? readDocument(dirname(scenario.file), scenario.program) : undefined;
    const input = { name: scenario.title.slice(0, 100), startsAt: scenario.steps[0]!.at, programs: byPath ? [] : [scenario.program] };
    const sandbox = await must(parts.client, parts.staff, CREATE_SANDBOX, 'createSandbox', input);
    const tokens = { staff: String(sandbox['staffToken']), integrator: String(sandbox['integratorToken']) };
    if (document === undefined) return new Session(parts, scenario, scenario.program, tokens);
    const created = await must(parts.client, tokens.staff, CREATE_PROGRAM, 'createProgram', { document });
    return new Session(parts, scenario, (created['program'] as { key: string }).key, tokens);
  }

  /** A file beside the scenario. */
  read(path: string): string {
    return readDocument(this.folder, path);
  }

  async advanceTo(at: string, instant: number): Promise<void> {
    if (instant <= this.clock) return;
    await must(this.client, this.tokens.staff, ADVANCE, 'advanceClock', { to: at });
    this.clock = instant;
  }

  async send(act: Act): Promise<Answer> {
    const query = this.api.mutation(act.mutation);
    if (!query) throw new StepFailed([`not yet supported by the API: it has no mutation ${act.mutation}`]);
    const reply = await this.client.send(await this.tokenOf(act.caller), query, { input: act.input });
    const payload = reply.data?.[act.mutation] as Values | null | undefined;
    const [refusal] = (payload?.['userErrors'] ?? []) as UserError[];
    const forbidden = reply.errors.find(({ code }) => code === 'FORBIDDEN');
    const fault = reply.errors[0];
    if (fault && !forbidden) throw new StepFailed([`the API answered ${fault.code}: ${fault.message}`]);
    return {
      refusal: forbidden?.code ?? refusal?.code ?? undefined,
      message: forbidden?.message ?? (refusal ? describe(refusal) : ''),
      text: JSON.stringify(payload),
    };
  }

  /** Brings a file to a route beside GraphQL. */
  async upload({ caller, path, contentType, body }: Upload): Promise<Answer> {
    const { status, value } = await this.client.upload(await this.tokenOf(caller), path, contentType, body);
    const { userErrors = [], errors = [] } = value as {
      userErrors?: UserError[];
      errors?: { message: string; extensions: { code: string } }[];
    };
    const [refusal] = userErrors;
    const fault = errors[0];
    if (fault && status !== 403) throw new StepFailed([`the API answered ${status} ${fault.extensions.code}: ${fault.message}`]);
    return {
      refusal: fault?.extensions.code ?? refusal?.code,
      message: fault?.message ?? (refusal ? describe(refusal) : ''),
      text: JSON.stringify(value),
    };
  }

  /** A payout batch as it is; of one that is not there nothing. */
  async batchNamed(batch: string): Promise<BatchSeen> {
    const found = (await this.ask(BATCH, { program: this.program, batch }))['payoutBatch'] as {
      hash: string | null;
      lines: { nodes: { id: string; withdrawal: { externalId: string } }[] };
    } | null;
    const lines = (found?.lines.nodes ?? []).map(({ id, withdrawal }) => [withdrawal.externalId, id] as const);
    return { hash: found?.hash ?? '', lines: new Map(lines) };
  }

  /** What staff see. */
  async ask(query: string, variables: Values = {}): Promise<Values> {
    return this.answerOf(await this.client.send(this.tokens.staff, query, variables));
  }

  /** What one affiliate sees. */
  async askAs(affiliate: string, query: string, variables: Values = {}): Promise<Values> {
    return this.answerOf(await this.client.send(await this.tokenOf({ affiliate }), query, variables));
  }

  private answerOf({ data, errors }: Reply): Values {
    if (errors[0] || !data) throw new StepFailed([`the API answered ${errors[0]?.code}: ${errors[0]?.message}`]);
    return data;
  }

  /** The id of a traffic source that the affiliate declared; of several of that name the last, of none no source's. */
  async sourceNamed(affiliate: string, name: string): Promise<string> {
    const data = await this.ask(SOURCES, { program: this.program, affiliate });
    const { trafficSources } = (data['enrollment'] ?? { trafficSources: [] }) as { trafficSources: { id: string; name: string }[] };
    return trafficSources.findLast((source) => source.name === name)?.id ?? name;
  }

  /** The request in which staff asked the affiliate about an open case; where there is none, no request's id. */
  async questionAbout(affiliate: string, rule: string): Promise<string> {
    const data = await this.askAs(affiliate, QUESTIONS, { program: this.program, affiliate });
    const { cases } = (data['enrollment'] ?? { cases: [] }) as { cases: { rule: string; request: { externalId: string } | null }[] };
    return cases.find((found) => found.rule === rule)?.request?.externalId ?? rule;
  }

  /** The last match of an affiliate with a sanctions list; where there is none, no match's id. */
  async matchOf(affiliate: string): Promise<string> {
    const { sanctionsMatches } = (await this.ask(MATCHES)) as {
      sanctionsMatches: { nodes: { id: string; affiliate: { externalId: string } }[] };
    };
    return sanctionsMatches.nodes.find((match) => match.affiliate.externalId === affiliate)?.id ?? affiliate;
  }

  /** The code of the coupon that an exchange bought; where there is none, its own id, which is no code. */
  async couponOf(redemption: string): Promise<string> {
    const data = await this.ask(COUPON, { program: this.program, redemption });
    return (data['redemption'] as { coupon: { code: string } | null } | null)?.coupon?.code ?? redemption;
  }

  /** Do the program's terms, in any of their versions, declare such a fact of their own? */
  async declares(level: FactLevel, name: string): Promise<boolean> {
    this.declared ??= this.readDeclared();
    return (await this.declared).has(`${level}.${name}`);
  }

  /** New terms may declare other facts. */
  forgetTerms(): void {
    this.declared = undefined;
  }

  private async readDeclared(): Promise<ReadonlySet<string>> {
    const data = await this.ask(DOCUMENTS, { key: this.program });
    const { termsVersions } = data['program'] as { termsVersions: { document: string }[] };
    const documents = termsVersions.map(({ document }) => JSON.parse(document) as { facts?: { level: string; name: string }[] });
    return new Set(documents.flatMap(({ facts = [] }) => facts.map(({ level, name }) => `${level}.${name}`)));
  }

  /** An affiliate nobody has heard of has no token: staff ask in their place. */
  private async tokenOf(caller: Caller): Promise<string> {
    if (typeof caller === 'string') return this.tokens[caller];
    if ('member' in caller) return this.tokenOfMember(caller.member);
    const { affiliate } = caller;
    if (!this.affiliates.has(affiliate)) return this.tokens.staff;
    let token = this.affiliateTokens.get(affiliate);
    if (!token) {
      token = must(this.client, this.tokens.staff, CREATE_TOKEN, 'createToken', { kind: 'AFFILIATE', affiliate, name: affiliate }).then(
        ({ secret }) => String(secret),
      );
      this.affiliateTokens.set(affiliate, token);
    }
    return token;
  }

  /** Another name is another person: a token of its own. */
  private tokenOfMember(name: string): Promise<string> {
    let token = this.memberTokens.get(name);
    if (!token) {
      token = must(this.client, this.tokens.staff, CREATE_TOKEN, 'createToken', { kind: 'STAFF', name, role: 'FINANCE' }).then(
        ({ secret }) => String(secret),
      );
      this.memberTokens.set(name, token);
    }
    return token;
  }
}

function describe({ code, message, path }: UserError): string {
  return `${code}: ${message}${path.length > 0 ? ` (at ${path.join('.')})` : ''}`;
}

function readDocument(folder: string, path: string): string {
  const file = resolve(folder, path);
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new StepFailed([`the terms ${path} can't be read: there is no readable file ${file}`]);
  }
}

/** What prepares the story; it must succeed. */
async function must(client: Client, token: string, query: string, name: string, input: Values): Promise<Values> {
  const { data, errors } = await client.send(token, query, { input });
  const payload = data?.[name] as (Values & { userErrors: UserError[] }) | undefined;
  if (errors[0] || !payload) throw new StepFailed([`${name}: the API answered ${errors[0]?.code}: ${errors[0]?.message}`]);
  if (payload.userErrors.length > 0)
    throw new StepFailed(payload.userErrors.slice(0, 10).map((error) => `${name}: ${describe({ ...error, path: error.path ?? [] })}`));
  return payload;
}
