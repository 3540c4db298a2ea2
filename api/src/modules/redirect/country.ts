import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BlockList, isIP } from 'node:net';
import { countryCodes } from '@tributary/shared/terms';
import type { FastifyRequest } from 'fastify';
import { Reader, type Response } from 'maxmind';

/** Of the package that comes with the server; free of rights, and made anew by its keepers. */
const BUNDLED = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb';

export interface CountrySource {
  /** A file in MaxMind's format; none: the one that comes with the server. */
  readonly countryDatabase: string | undefined;
  /** A header in which a proxy says it. */
  readonly countryHeader: string | undefined;
  /** Whose headers are believed. */
  readonly trustedProxies: readonly string[];
}

/** As databases of this format name it. */
interface Located {
  readonly country_code?: string;
  readonly country?: { readonly iso_code?: string };
}

/** Tells a visitor's country: by what the edge says, where one is trusted to say it, else by the address. */
export function countryFinder({
  countryDatabase,
  countryHeader,
  trustedProxies,
}: CountrySource): (request: FastifyRequest) => string | undefined {
  const reader = new Reader<Located & Response>(readFileSync(countryDatabase ?? createRequire(import.meta.url).resolve(BUNDLED)));
  const proxies = listOf(trustedProxies);
  return (request) => {
    const { ip, headers, socket } = request;
    if (countryHeader !== undefined && isListed(proxies, socket.remoteAddress)) {
      const told = known(headers[countryHeader]);
      if (told !== undefined) return told;
    }
    const found = isIP(ip) === 0 ? null : reader.get(ip);
    return known(found?.country_code ?? found?.country?.iso_code);
  };
}

/** Edges and databases have names for what is no country, too. */
function known(code: string | string[] | undefined): string | undefined {
  const text = typeof code === 'string' ? code.toUpperCase() : '';
  return countryCodes.has(text) ? text : undefined;
}

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isListed(list: BlockList, address: string | undefined): boolean {
  return address !== undefined && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
