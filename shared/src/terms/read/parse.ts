import { Composer, type Document, isAlias, isMap, isScalar, isSeq, Lexer, type ParsedNode, Parser } from 'yaml';
import { at, type Findings } from '../finding.ts';
import { isTooLong, MOST_BYTES, MOST_LEVELS, MOST_TOKENS, MOST_VALUES } from './limits.ts';

const AS_TEXT = 'a YAML or JSON text';
const MOST_PARSE_FINDINGS = 20;

/**
 * The value that a YAML or JSON text stands for; undefined when the text is refused, with the reasons in `findings`.
 * Anchors, aliases and tags are refused: they make small texts large or values of unforeseen types, and terms need none of them.
 */
export function parseText(source: string, findings: Findings): unknown {
  if (isTooLong(source)) {
    findings.add('TOO_LARGE', '', { says: 'the text is too long', expected: `at most ${MOST_BYTES} bytes` });
    return undefined;
  }
  const damaged = source.indexOf('\uFFFD');
  if (damaged >= 0 || /\p{Surrogate}/u.test(source)) {
    const place = damaged >= 0 ? ` (${position(source, damaged)})` : '';
    findings.add('NOT_PARSABLE', '', { says: `the text was damaged: a character is not readable as UTF-8${place}`, expected: 'UTF-8' });
    return undefined;
  }
  const document = compose(source, findings);
  if (!document) return undefined;
  return new Converter(findings).convert(document.contents, '', 0);
}

/** Tokens to a document, stopping at the first sign of too much depth: the steps after this one recurse. */
function compose(source: string, findings: Findings): Document.Parsed<ParsedNode> | undefined {
  const parser = new Parser();
  const tokens = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(source)) {
    if (++lexemes > MOST_TOKENS) {
      findings.add('TOO_LARGE', '', { says: 'the text holds too many signs', expected: `at most ${MOST_TOKENS} words and signs` });
      return undefined;
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MOST_LEVELS + 3) {
      const says = `the text is nested too deeply (${position(source, parser.offset)})`;
      findings.add('TOO_LARGE', '', { says, expected: `at most ${MOST_LEVELS} levels` });
      return undefined;
    }
  }
  for (const token of parser.end()) tokens.push(token);
  // Keys are compared by us: the library's comparison takes the square of their number.
  const options = { version: '1.2', schema: 'core', merge: false, stringKeys: true, uniqueKeys: false, resolveKnownTags: false } as const;
  const composer = new Composer(options);
  let first: Document.Parsed<ParsedNode> | undefined;
  for (const document of composer.compose(tokens)) {
    if (first) {
      findings.add('NOT_PARSABLE', '', { says: 'the text holds more than one document', expected: 'one document' });
      return undefined;
    }
    first = document as Document.Parsed<ParsedNode>;
  }
  if (!first) {
    findings.add('NOT_PARSABLE', '', { says: 'the text is empty', expected: AS_TEXT });
    return undefined;
  }
  return sound(first, source, findings) ? first : undefined;
}

function sound(document: Document.Parsed<ParsedNode>, source: string, findings: Findings): boolean {
  const problems = [...document.errors, ...document.warnings].slice(0, MOST_PARSE_FINDINGS);
  for (const problem of problems) {
    const where = position(source, problem.pos[0]);
    findings.add('NOT_PARSABLE', where, { says: problem.message.replace(/\.$/, ''), expected: AS_TEXT });
  }
  if (document.directives.yaml.explicit) {
    findings.add('NOT_PARSABLE', '', { says: 'a %YAML directive would change how values are read', expected: 'a text without directives' });
    return false;
  }
  return problems.length === 0;
}

function position(source: string, offset: number): string {
  const before = source.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - before.lastIndexOf('\n')}`;
}

/** Nodes to plain values. */
class Converter {
  readonly findings: Findings;
  #values = 0;

  constructor(findings: Findings) {
    this.findings = findings;
  }

  convert(node: unknown, path: string, level: number): unknown {
    if (++this.#values > MOST_VALUES || level > MOST_LEVELS) {
      this.findings.add('TOO_LARGE', '', {
        says: 'the text holds too much',
        expected: `at most ${MOST_VALUES} values in ${MOST_LEVELS} levels`,
      });
      return undefined;
    }
    if (node === null || node === undefined) return null;
    if (isAlias(node)) return this.#refuse(path, `*${node.source}`, 'an alias stands here', 'the value itself');
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) return null;
    if (node.anchor !== undefined) return this.#refuse(path, `&${node.anchor}`, 'an anchor stands here', 'a value without a name');
    if (node.tag !== undefined) return this.#refuse(path, node.tag, 'a tag stands here', 'a value without a tag');
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, i) => this.convert(item, at(path, i), level + 1));
    const result: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const inside = at(path, name);
      if (isScalar(key) && (key.anchor !== undefined || key.tag !== undefined)) {
        this.#refuse(inside, name, 'the key has an anchor or a tag', 'a plain key');
      }
      if (Object.hasOwn(result, name)) {
        this.findings.add('DUPLICATE', inside, { found: name, says: 'the key stands there twice', expected: 'each key once' });
      }
      // An ordinary assignment to `__proto__` would be lost without a word.
      const descriptor = { value: this.convert(value, inside, level + 1), enumerable: true, writable: true, configurable: true };
      Object.defineProperty(result, name, descriptor);
    }
    return result;
  }

  #refuse(path: string, found: string, says: string, expected: string): undefined {
    this.findings.add('NOT_PARSABLE', path, { found, says, expected });
    return undefined;
  }
}
