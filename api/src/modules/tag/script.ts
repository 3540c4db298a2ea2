import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { LRUCache } from 'lru-cache';

const SOURCE = fileURLToPath(new URL('../../../../tag/src/tag.ts', import.meta.url));
const MOST_SCRIPTS = 1_000;
/** Browsers that know the word compile all of it in one go instead of each function when it is first called: a third of the time. */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n';

/** What a publisher's tag goes by. */
export interface TagConfig {
  readonly link: string;
  readonly hosts: readonly string[];
  readonly exceptHosts: readonly string[];
}

export interface Script {
  readonly text: Buffer;
  readonly zipped: Buffer;
  readonly etag: string;
}

/** The publisher tag, made small once, with what one link goes by in front of it. */
export class TagScripts {
  private small: Promise<string> | undefined;
  private readonly made = new LRUCache<string, Script>({ max: MOST_SCRIPTS });

  async for(config: TagConfig): Promise<Script> {
    const said = JSON.stringify(config);
    const known = this.made.get(said);
    if (known !== undefined) return known;
    this.small ??= makeSmall();
    const text = Buffer.from(`${AT_ONCE}(function(CONFIG){${await this.small}})(${said});\n`);
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 32)}"`;
    const script = { text, zipped: gzipSync(text, { level: 9 }), etag };
    this.made.set(said, script);
    return script;
  }
}

async function makeSmall(): Promise<string> {
  const { code } = await transform(await readFile(SOURCE, 'utf8'), {
    loader: 'ts',
    target: 'es2020',
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
  });
  return code.trim();
}
