import { SaxesParser } from 'saxes';
import { type FileFormat, type FileRow, type ReadSettings, toText, UnreadableFile } from './format.ts';

/** What a row is in RSS, and in Atom. */
const ROWS = new Set(['item', 'entry']);
const LONGEST_ROW = 1024 * 1024;
const MOST_COLUMNS = 200;
const DEEPEST = 30;
/** So much may come in which no element begins or ends: the parser keeps all of it. */
const LONGEST_PIECE = 4 * LONGEST_ROW;

/** Feeds as shops publish them: RSS 2.0 or Atom, with or without the names of Google Merchant. What lies deeper is put together with colons. */
export const xml: FileFormat = {
  delimiterOf: () => null,

  async columnsOf(sample, { encoding }) {
    const names = new Set<string>();
    try {
      for await (const items of itemsOf(once(sample), encoding))
        for (const { values } of items) for (const name of values.keys()) names.add(name);
    } catch (error) {
      // The sample ends in the middle of something.
      if (names.size === 0) throw error;
    }
    if (names.size === 0) throw new UnreadableFile('It has no item and no entry.');
    return [...names].slice(0, MOST_COLUMNS);
  },

  async *read(file, { encoding, columns }: ReadSettings): AsyncIterable<FileRow[]> {
    for await (const items of itemsOf(file, encoding))
      yield items.map(({ line, values }) => ({ line, cells: columns.map((name) => values.get(name) ?? '') }));
  },
};

async function* once(sample: Buffer): AsyncIterable<Buffer> {
  yield sample;
}

interface Item {
  readonly line: number;
  readonly values: Map<string, string>;
}

async function* itemsOf(file: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Item[]> {
  const reader = new ItemReader();
  for await (const text of toText(file, encoding)) yield reader.write(text);
  yield reader.end();
}

class ItemReader {
  private readonly parser = new SaxesParser({ position: true });
  private readonly done: Item[] = [];
  private readonly path: string[] = [];
  private item: Item | undefined;
  private length = 0;
  /** Elements that are open, in an item or not. */
  private depth = 0;
  private sinceElement = 0;
  private text = '';
  /** What is open now has a name that the row had before, and nothing of it was put down yet. */
  private isAnother = false;
  private failure: UnreadableFile | undefined;

  constructor() {
    this.parser.on('error', (error) => this.fail(`It is no XML: ${error.message.slice(0, 200)}`));
    // Entities that a document defines itself can be as long as they like.
    this.parser.on('doctype', () => this.fail('It has a document type of its own, which is not read.'));
    this.parser.on('opentag', ({ name, attributes }) => this.open(localName(name), attributes as Record<string, string>));
    this.parser.on('text', (more) => this.add(more));
    this.parser.on('cdata', (more) => this.add(more));
    this.parser.on('closetag', ({ name }) => this.close(localName(name)));
  }

  write(text: string): Item[] {
    return this.parse(() => {
      this.sinceElement += text.length;
      this.parser.write(text);
      if (this.sinceElement > LONGEST_PIECE) this.fail('Something in it is longer than any product.');
    });
  }

  end(): Item[] {
    return this.parse(() => {
      if (this.depth > 0) this.fail('The file ends before its last element does: it was cut off. Hand in all of it.');
      this.parser.close();
    });
  }

  /** The first that is wrong ends it: the parser would go on, and complain of all that follows from it. */
  private parse(work: () => void): Item[] {
    try {
      if (this.failure === undefined) work();
    } catch (error) {
      if (error !== this.failure) throw error;
    }
    return this.taken();
  }

  /** What was read before something was wrong is still given out. */
  private taken(): Item[] {
    const items = this.done.splice(0);
    if (this.failure !== undefined && items.length === 0) throw this.failure;
    return items;
  }

  private fail(message: string): never {
    this.failure = new UnreadableFile(`${message} (line ${this.parser.line})`);
    throw this.failure;
  }

  private open(name: string, { href, rel }: Record<string, string>): void {
    this.depth++;
    this.sinceElement = 0;
    if (this.depth > DEEPEST) this.fail('Elements lie in each other without end.');
    this.text = '';
    if (this.item === undefined && ROWS.has(name)) {
      this.item = { line: this.parser.line, values: new Map() };
      this.length = 0;
      this.path.length = 0;
    } else if (this.item !== undefined) {
      this.path.push(name);
      if (this.path.length === 1) this.isAnother = this.item.values.has(name);
      // Atom says where a link leads in an attribute.
      if (name === 'link' && href !== undefined && (rel === undefined || rel === 'alternate')) this.put('link', href);
    }
  }

  private add(more: string): void {
    if (this.item === undefined) return;
    this.length += more.length;
    if (this.length > LONGEST_ROW) this.fail('A product is longer than a megabyte.');
    this.text += more;
  }

  private close(name: string): void {
    this.depth--;
    this.sinceElement = 0;
    if (this.item === undefined) return;
    const value = this.text.trim();
    this.text = '';
    if (this.path.length === 0) {
      this.done.push(this.item);
      this.item = undefined;
      return;
    }
    const [top = name] = this.path;
    if (value !== '') this.put(top, value);
    this.path.pop();
  }

  /** Several of one name stand behind each other: parts of one thing with a colon, things with a comma. */
  private put(name: string, value: string): void {
    const { values } = this.item as Item;
    const known = values.get(name);
    values.set(name, known === undefined ? value : `${known}${this.path.length > 1 && !this.isAnother ? ':' : ','}${value}`);
    this.isAnother = false;
  }
}

/** Prefixes of namespaces are the writer's own choice. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
