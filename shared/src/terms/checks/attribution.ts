import { at } from '../finding.ts';
import type { CheckContext } from './context.ts';
import { repeated } from './program.ts';

/** Who earns: windows and page ranks where the model needs them, and only there. */
export function checkAttribution(context: CheckContext): void {
  const { attribution } = context.terms;
  const { findings } = context;
  if (!attribution) return;
  const { model, windows, pageRanks } = attribution;
  if (model === 'customer-tie' && windows) {
    findings.add('UNREACHABLE', 'attribution.windows', {
      expected: 'no windows',
      says: 'where the customer’s tie decides, no click is looked at',
    });
  }
  if (model !== undefined && model !== 'customer-tie' && !windows && !findings.touch('attribution.windows')) {
    findings.add('OPEN', 'attribution.windows', { expected: 'at least one row', says: 'it is left open how long a click counts' });
  }
  if (model !== undefined && model !== 'visitor-clicks' && pageRanks) {
    findings.add('UNREACHABLE', 'attribution.pageRanks', { expected: 'no ranks', says: `with the model ${model} clicks do not compete` });
  }
  repeated(context, attribution.binding?.by ?? [], 'attribution.binding.by');
  checkRanks(context);
}

function checkRanks(context: CheckContext): void {
  const ranks = context.terms.attribution?.pageRanks;
  if (!ranks) return;
  const { findings } = context;
  const path = 'attribution.pageRanks';
  const ranked = new Set<string>();
  for (const [i, pages] of (ranks.ranks ?? []).entries()) {
    for (const [j, page] of (pages ?? []).entries()) {
      if (page === undefined) continue;
      const where = at(at(at(path, 'ranks'), i), j);
      if (ranked.has(page)) findings.add('DUPLICATE', where, { found: page, expected: 'each page once', says: 'the page is ranked twice' });
      ranked.add(page);
    }
  }
  if (findings.touch(`${path}.ranks`)) return;
  const { pages, fallback } = ranks.personal ?? {};
  for (const [page, where] of [
    ...(pages ?? []).map((one, i) => [one, at(`${path}.personal.pages`, i)] as const),
    [fallback, `${path}.personal.fallback`] as const,
  ]) {
    if (page === undefined || ranked.has(page)) continue;
    findings.add('BAD_VALUE', where, { found: page, expected: 'a page that has a rank', among: ranked, says: 'the page is not ranked' });
  }
  if (fallback !== undefined && pages?.includes(fallback)) {
    const says = 'a page cannot be its own fallback';
    findings.add('CONTRADICTION', `${path}.personal.fallback`, { found: fallback, expected: 'a page that always counts', says });
  }
  repeated(context, pages ?? [], `${path}.personal.pages`);
}
