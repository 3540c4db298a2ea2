import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOKENS_FILE } from '@tributary/api';
import type { ApiServer } from '../host/apiServer.ts';
import type { Host } from '../host/host.ts';

const NAME = 'office';
const MEMBER = { email: 'member@example.com', name: 'Member', roles: ['ADMIN'] };
const PASSWORD = 'four words for measuring';
const PATIENCE_MS = 240_000;
/** As many as the longest page of a list. */
const ORDERS = 100;

/** A server with the demo, and somebody who may see all of its back office. */
export interface Desk {
  readonly url: string;
  /** The program whose list of orders fills the longest page. */
  readonly program: string;
  readonly email: string;
  readonly password: string;
}

export async function openDesk(host: Host): Promise<Desk> {
  const server = await host.serve(NAME, { environment: { TRIBUTARY_DEMO: 'on' } });
  const folder = join(host.folder, NAME);
  await known(() => (JSON.parse(readFileSync(join(folder, TOKENS_FILE), 'utf8')) as { demo?: string }).demo === 'told' || undefined);
  await invite(server, folder);
  return { url: server.url, program: await tellOrders(server), email: MEMBER.email, password: PASSWORD };
}

async function invite(server: ApiServer, folder: string): Promise<void> {
  await server.client.ask('mutation ($input: InviteStaffInput!) { inviteStaff(input: $input) { userErrors { code } } }', { input: MEMBER });
  const token = await known(() => tokenIn(join(folder, 'mail')));
  const { status } = await fetch(`${server.url}/auth/set-password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token, password: PASSWORD }),
  });
  if (status !== 200) throw new Error(`The password could not be set: ${status}.`);
}

/** The secret of the link in the mail to the member. */
function tokenIn(folder: string): string | undefined {
  if (!existsSync(folder)) return undefined;
  const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('=\n', '').replaceAll('=3D', '='));
  const mail = mails.find((text) => text.includes(`To: ${MEMBER.email}`));
  return mail && /set-password\?token=([\w-]+)/.exec(mail)?.[1];
}

/** Orders that nobody referred, so that they are taken whatever the terms say. */
async function tellOrders({ client }: ApiServer): Promise<string> {
  const { programs } = await client.ask<{ programs: { nodes: { key: string }[] } }>('{ programs { nodes { key } } }');
  const program = programs.nodes[0]!.key;
  const orders = Array.from({ length: ORDERS }, (_, index) => ({
    id: `bench-${index}`,
    country: 'DE',
    lines: [{ sku: `sku-${index}`, price: '20.00' }],
  }));
  const { recordOrders } = await client.ask<{ recordOrders: { results: { userErrors: { message: string }[] }[] } }>(
    'mutation ($input: RecordOrdersInput!) { recordOrders(input: $input) { results { userErrors { message } } } }',
    { input: { program, orders } },
  );
  const refused = recordOrders.results.flatMap(({ userErrors }) => userErrors)[0];
  if (refused) throw new Error(`An order was turned away: ${refused.message}`);
  return program;
}

async function known<T>(find: () => T | undefined): Promise<T> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(200)) {
    const found = find();
    if (found !== undefined) return found;
  }
  throw new Error('The demo was not told in time.');
}
