import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { ApiServer } from '../host/apiServer.ts';
import type { Host } from '../host/host.ts';
import { Visitors } from './visitors.ts';

const LINKS = 200;
/** What is published: links of a program, all to one page. */
const { program: PROGRAM, url } = parse(readFileSync(new URL('links.yaml', import.meta.url), 'utf8')) as { program: string; url: string };
export const PAGE = url;

export interface Published {
  readonly server: ApiServer;
  readonly visitors: Visitors;
  /** So many visits, of all links in turn. */
  paths(count: number): string[];
}

/** A server of its own with links, and visitors for it. */
export async function publishLinks(host: Host, name: string, profile = false): Promise<Published> {
  const server = await host.serve(name, { profile });
  await server.client.ask('mutation ($input: EnrollAffiliateInput!) { enrollAffiliate(input: $input) { userErrors { code } } }', {
    input: { program: PROGRAM, affiliate: 'ann', country: 'DE' },
  });
  const codes: string[] = [];
  for (let index = 0; index < LINKS; index++) {
    const made = await server.client.ask<{ createLink: { link: { code: string } } }>(
      'mutation ($input: CreateLinkInput!) { createLink(input: $input) { link { code } userErrors { code } } }',
      { input: { program: PROGRAM, affiliate: 'ann', id: `l${index}`, url: `${PAGE}?${index}` } },
    );
    codes.push(made.createLink.link.code);
  }
  const visitors = new Visitors(server.url);
  host.later(() => visitors.close());
  return { server, visitors, paths: (count) => Array.from({ length: count }, (_, index) => `/r/${codes[index % LINKS]}`) };
}
