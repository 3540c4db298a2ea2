import { whyNoLink } from '../../compliance/links.ts';
import { unknownPlaceholders } from '../../tracking/promotion.ts';
import { at } from '../finding.ts';
import { type CheckContext, useList } from './context.ts';

/** Links lead to the merchant, and texts for promotion say nothing that nobody fills in. */
export function checkLinks(context: CheckContext): void {
  const { links } = context.terms;
  if (links?.hosts !== undefined) useList(context, links.hosts, 'hosts', 'links.hosts');
  if (links?.exceptHosts !== undefined) useList(context, links.exceptHosts, 'hosts', 'links.exceptHosts');
  if (links?.codes?.words !== undefined) useList(context, links.codes.words, 'words', 'links.codes.words');
  checkPersonal(context);
  checkPromotion(context);
}

function checkPersonal({ terms, findings }: CheckContext): void {
  const page = terms.links?.personal?.page;
  const hosts = valuesOf(terms.lists?.[terms.links?.hosts ?? '']);
  if (page === undefined || hosts.length === 0) return;
  const exceptHosts = valuesOf(terms.lists?.[terms.links?.exceptHosts ?? '']);
  if (whyNoLink(page, { hosts, exceptHosts }) === null) return;
  findings.add('BAD_VALUE', 'links.personal.page', {
    found: page,
    expected: 'an address to which links may lead',
    says: 'links may not lead there',
  });
}

const valuesOf = (entries: readonly (string | { value?: string | undefined } | undefined)[] | undefined) =>
  (entries ?? []).flatMap((entry) => (typeof entry === 'string' ? [entry] : entry?.value === undefined ? [] : [entry.value]));

function checkPromotion({ terms, findings }: CheckContext): void {
  const seen = new Set<string>();
  for (const [i, entry] of (terms.links?.promotion?.texts ?? []).entries()) {
    const where = at('links.promotion.texts', i);
    const { language, headline, text, poster } = entry ?? {};
    if (language !== undefined && !isLanguage(language))
      findings.add('BAD_VALUE', at(where, 'language'), {
        found: language,
        expected: 'a language such as en or pt-BR',
        says: 'no language',
      });
    if (language !== undefined && seen.has(language))
      findings.add('DUPLICATE', at(where, 'language'), { found: language, expected: 'each language once', says: 'it has a text already' });
    if (language !== undefined) seen.add(language);
    for (const [name, value] of Object.entries({ headline, text, poster }))
      for (const unknown of unknownPlaceholders(value ?? '')) {
        const says = 'nothing is put in there';
        findings.add('BAD_VALUE', at(where, name), { found: `{${unknown}}`, expected: '{link} or {code}', says });
      }
  }
}

function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text)[0] === text;
  } catch {
    return false;
  }
}
