import type { Client } from './client.ts';

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType?: TypeRef | null;
}

interface TypeShape {
  readonly name: string;
  readonly fields: readonly { readonly name: string; readonly type: TypeRef }[] | null;
}

interface Schema {
  readonly queryType: { readonly name: string };
  readonly mutationType: { readonly name: string };
  readonly types: readonly TypeShape[];
}

const INTROSPECTION = `{
  __schema { queryType { name } mutationType { name } types { name fields { name type { kind name ofType { kind name } } } } }
}`;

const NOT_COMPARED = /^(userErrors|repeated)$|secret|token/i;

/** What the API of this run can be asked. Steps of later work are written already; until then they say what is missing. */
export class Api {
  private readonly types: ReadonlyMap<string, TypeShape>;
  private readonly queries: ReadonlySet<string>;
  private readonly mutations: ReadonlyMap<string, string>;

  private constructor({ queryType, mutationType, types }: Schema) {
    this.types = new Map(types.map((type) => [type.name, type]));
    this.queries = new Set(this.fieldsOf(queryType.name).map(({ name }) => name));
    this.mutations = new Map(this.fieldsOf(mutationType.name).map(({ name, type }) => [name, this.textOf(name, type)]));
  }

  static async learn(client: Client, token: string): Promise<Api> {
    const { data, errors } = await client.send(token, INTROSPECTION);
    if (!data) throw new Error(`The API does not tell its schema: ${errors[0]?.message ?? 'no answer'}`);
    return new Api(data['__schema'] as Schema);
  }

  hasQuery(name: string): boolean {
    return this.queries.has(name);
  }

  /** The text of a mutation that answers what it did and why not; undefined: there is none of that name. */
  mutation(name: string): string | undefined {
    return this.mutations.get(name);
  }

  private fieldsOf(type: string | null) {
    return this.types.get(type ?? '')?.fields ?? [];
  }

  /** Of what was done its id suffices: a repeat must answer the same one, though it may say that it is a repeat. */
  private textOf(name: string, payload: TypeRef): string {
    const fields = this.fieldsOf(named(payload).name).filter((field) => !NOT_COMPARED.test(field.name));
    const answer = fields.flatMap((field) => this.selectionOf(field.name, named(field.type)));
    const input = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
    return `mutation ($input: ${input}!) { ${name}(input: $input) { ${answer.join(' ')} userErrors { code message path rule } } }`;
  }

  private selectionOf(name: string, { kind, name: type }: TypeRef): string[] {
    if (kind === 'SCALAR' || kind === 'ENUM') return [name];
    if (kind !== 'OBJECT') return [];
    return [`${name} { ${this.fieldsOf(type).some((field) => field.name === 'id') ? 'id' : '__typename'} }`];
  }
}

function named(type: TypeRef): TypeRef {
  return type.kind === 'NON_NULL' && type.ofType ? type.ofType : type;
}
