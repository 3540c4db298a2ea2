import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { formatWord } from '../ui/format.ts';
import { learnSaid, saidIn } from './said.ts';
import { areas, zh } from './zh.ts';
import { zhFacts } from './zhFacts.ts';
import { zhSaid } from './zhSaid.ts';
import { zhWords } from './zhWords.ts';

const SOURCES = fileURLToPath(new URL('..', import.meta.url));
const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.tsx?$/.test(file) && !/\.test\.|^(testing|generated|journeys)\/|^words\/zh/.test(file),
);
const parsed = files.map((file) => {
  const text = readFileSync(`${SOURCES}${file}`, 'utf8');
  return {
    file,
    text,
    tree: ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS),
  };
});
const hasWords = (text: string) => /\p{L}{2}/u.test(text);
/** What is the same in all languages. */
const NAMES = new Set(['Tributary']);
/** Read by machines that speak what people read. */
const SPOKEN = new Set(['aria-label', 'placeholder', 'alt']);

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

it('no page says anything past the catalogue, where only one language would have it', () => {
  const bare = parsed.flatMap(({ file, tree }) =>
    [...nodesOf(tree)].flatMap((node) => {
      if (ts.isJsxText(node) && hasWords(node.text) && !NAMES.has(node.text.trim())) return [`${file}: ${node.text.trim()}`];
      if (!ts.isJsxAttribute(node) || !SPOKEN.has(node.name.getText())) return [];
      return node.initializer && ts.isStringLiteral(node.initializer) ? [`${file}: ${node.initializer.text}`] : [];
    }),
  );
  expect(bare).toEqual([]);
});

it('what a table or a menu is headed with is in the catalogue', () => {
  const missing = parsed.flatMap(({ file, tree }) =>
    [...nodesOf(tree)].flatMap((node) => {
      if (!ts.isJsxAttribute(node) || node.name.getText() !== 'label') return [];
      if (!node.initializer || !ts.isStringLiteral(node.initializer)) return [];
      return node.initializer.text in zh ? [] : [`${file}: ${node.initializer.text}`];
    }),
  );
  expect(missing).toEqual([]);
});

it('a sentence stands in one area only, where nobody can change half of it', () => {
  const all = Object.values(areas).flatMap((area) => Object.keys(area));
  expect(all.filter((sentence, index) => all.indexOf(sentence) !== index)).toEqual([]);
});

it('the catalogue says nothing that no page says, and fills in what the sentence fills in', () => {
  const all = parsed.map(({ text }) => text).join('\n');
  const said = (sentence: string) =>
    [`'${sentence}'`, `"${sentence}"`, `\`${sentence}\``, `'${sentence.replaceAll("'", "\\'")}'`].some((text) => all.includes(text));
  expect(Object.keys(zh).filter((sentence) => !said(sentence))).toEqual([]);
  const holesOf = (text: string) => [...new Set(text.match(/%\{\w+\}/g))].sort().filter((hole) => hole !== '%{smart_count}');
  expect(Object.entries(zh).filter(([english, chinese]) => `${holesOf(english)}` !== `${holesOf(chinese)}`)).toEqual([]);
});

it('every status of the API that pages show has its word', () => {
  const schema = readFileSync(`${SOURCES}../../schema.graphql`, 'utf8');
  const shown = [
    'EnrollmentStatus',
    'CommissionStatus',
    'WithdrawalStatus',
    'PayoutBatchStatus',
    'PayoutLineStatus',
    'OrderHistoryKind',
    'LedgerAccount',
    'RequestState',
    'RequestKind',
    'RedemptionStatus',
    'CouponStatus',
    'SanctionsMatchStatus',
    'SanctionsMatchKind',
    'WebhookStatus',
    'WebhookDeliveryStatus',
    'ProgramStatus',
    'DocumentKind',
    'ImportKind',
    'ImportStatus',
    'ReportDimension',
    'ReportSort',
    'CreativeKind',
    'MeasureReason',
    'ClassMeasure',
  ];
  const valuesOf = (name: string) => {
    const body = new RegExp(`^enum ${name} \\{([^}]*)\\}`, 'm').exec(schema)?.[1] ?? '';
    return body.replaceAll(/"""[\s\S]*?"""/g, '').match(/[A-Z_]+/g) ?? [];
  };
  const known = new Set([...Object.keys(zh), ...Object.keys(zhWords)]);
  for (const name of shown) expect([name, valuesOf(name).length]).not.toEqual([name, 0]);
  expect(
    shown
      .flatMap(valuesOf)
      .map(formatWord)
      .filter((word) => !known.has(word)),
  ).toEqual([]);
});

/** Of the sources that turn something away or explain it: all of their texts, with `%{}` where something is filled in. */
function textsOf(folder: string): readonly string[] {
  const root = fileURLToPath(new URL(`../../../${folder}/`, import.meta.url));
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /(?<!\.test|\.type|\.input)\.ts$/.test(name));
  const texts: string[] = [];
  const collect = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.push(node.text);
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) texts.push(node.name.text);
    if (ts.isTemplateExpression(node)) texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('%{}'));
    ts.forEachChild(node, collect);
  };
  for (const name of names) {
    const source = readFileSync(`${root}${name}`, 'utf8');
    if (
      /(?:user|rule|Http)Error\(|refusal\(|refuse\(|UnreadableFile|problem:|unready|describeAnswer|Taking|whyNoLink|message:|failure/.test(
        source,
      )
    )
      collect(ts.createSourceFile(name, source, ts.ScriptTarget.Latest));
  }
  return texts;
}

const bare = (text: string) => text.replaceAll(/%\{\w+\}/g, '%{}');

it('what the API says is translated as it says it', () => {
  const texts = new Set(['api/src/modules', 'api/src/payees', 'api/src/intake', 'shared/src', 'admin/src/api'].flatMap(textsOf));
  const said = { ...zhSaid, ...zhFacts };
  expect(Object.keys(said).filter((text) => !texts.has(bare(text)))).toEqual([]);
  expect(Object.keys(zhFacts).filter((text) => text in zhSaid)).toEqual([]);
  learnSaid('test', said);
  expect(saidIn('test', '"x y" is negative.')).toBe('"x y" 是负数。');
  expect(saidIn('test', 'The withdrawal "w.1" is known with other content.')).toBe('提现 "w.1" 已存在，但内容不同。');
  expect(saidIn('test', 'Something that nobody has translated')).toBe('Something that nobody has translated');
});

it('whoever reads Chinese reads why a fact or a row was turned away', () => {
  const known = new Set([...Object.keys(zhSaid), ...Object.keys(zhFacts)].map(bare));
  const isSentence = (text: string) => /^(?:"?%\{\}|[A-Z]).* .*\.$/s.test(text);
  // What is wrong with terms as such is for those who write them, and about their English words.
  const reasons = ['shared/src/facts', 'api/src/modules/import/kinds'].flatMap(textsOf).filter(isSentence);
  expect(reasons.length).toBeGreaterThan(30);
  expect(reasons.filter((text) => !known.has(text))).toEqual([]);
});
