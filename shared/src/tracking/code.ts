import { nearTo, spellingsOf } from '../compliance/brand.ts';

const CODE = /^[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/;

/** Words that speak for whoever runs the program, and names that addresses of its own may have. */
const RESERVED: ReadonlySet<string> = new Set(
  ['about', 'account', 'admin', 'administrator', 'affiliate', 'api', 'app', 'assets', 'auth', 'billing', 'blog', 'contact', 'copyright']
    .concat(['demo', 'docs', 'download', 'error', 'faq', 'graphql', 'health', 'help', 'home', 'imprint', 'index', 'info', 'jobs', 'legal'])
    .concat([
      'link',
      'links',
      'login',
      'logout',
      'mail',
      'moderator',
      'news',
      'null',
      'official',
      'owner',
      'partner',
      'partners',
      'password',
    ])
    .concat(['payment', 'payments', 'payout', 'poster', 'press', 'privacy', 'program', 'qr', 'register', 'root', 'security', 'service'])
    .concat([
      'settings',
      'shop',
      'signin',
      'signup',
      'staff',
      'static',
      'status',
      'store',
      'support',
      'system',
      'tag',
      'team',
      'terms',
      'test',
    ])
    .concat(['undefined', 'user', 'verify', 'webmaster', 'www']),
);

/** Letters that are taken for each other, on a poster as when read aloud; two that look like one come first. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/vv/g, 'w'],
  [/rn/g, 'm'],
  [/cl/g, 'd'],
  [/[il1]/g, '1'],
  [/[o0q]/g, '0'],
  [/[s5]/g, '5'],
  [/[z2]/g, '2'],
  [/[b8]/g, '8'],
  [/[g9]/g, '9'],
  [/[uv]/g, 'u'],
];

/** A name under which a link is reached: lower case, digits and dashes, from 3 to 40. */
export function isCode(text: string): boolean {
  return CODE.test(text) && !text.includes('--');
}

/** Behind the codes that are chosen in a sandbox stands its mark, which no code has: what is tried there takes no name from others. */
const MARK = /^[0-9a-f]{8}$/;

/** The name by which a code is reached. `mark`: of a sandbox; null: the code is as good as it looks. */
export function reachedAs(code: string, mark: string | null): string {
  return mark === null ? code : `${code}.${mark}`;
}

/** Is it a code, or one with the mark of a sandbox? */
export function isReachable(name: string): boolean {
  const [code = '', mark, ...rest] = name.split('.');
  return isCode(code) && (mark === undefined || MARK.test(mark)) && rest.length === 0;
}

/** What a code looks like at a glance: codes of the same shape would be taken for each other. */
export function codeShape(code: string): string {
  return ALIKE.reduce((shape, [letters, one]) => shape.replace(letters, one), code.replaceAll('-', ''));
}

/** The same of a name: marks look like themselves only. */
export function nameShape(name: string): string {
  const [code = '', mark = null] = name.split('.');
  return reachedAs(codeShape(code), mark);
}

/** Why nobody may have a code: it is a reserved word, or looks like one. Null: it is free of that. */
export function whyReserved(code: string): string | null {
  const shape = codeShape(code);
  const word = RESERVED_SHAPES.get(shape);
  return word === undefined ? null : `The code "${code}" is reserved${word === code ? '' : `: it looks like "${word}"`}.`;
}

const RESERVED_SHAPES = new Map([...RESERVED].map((word) => [codeShape(word), word]));

/** Of words that may not stand in codes, the first that is in this one, or nearly is; null: none. */
export function wordInCode(code: string, words: readonly string[]): string | null {
  const spellings = spellingsOf(code);
  return words.find((word) => nearTo(word)(spellings)) ?? null;
}
