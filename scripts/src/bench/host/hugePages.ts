import { readFile, writeFile } from 'node:fs/promises';
import { memoryOfPages } from '@tributary/api';

const COUNT = '/proc/sys/vm/nr_hugepages';
/** What PostgreSQL shares beside the pages of its tables grows with them. */
const SHARED = 1.06;

const reserved = async () => Number(await readFile(COUNT, 'utf8'));

/**
 * Memory in huge pages for the PostgreSQL that is about to start, as the guide to operations advises for large databases, where this
 * machine lets us (Linux, as root). Answers how it is given back.
 */
export async function reserveHugePages(say: (line: string) => void): Promise<() => Promise<void>> {
  try {
    const before = await reserved();
    const give = () => writeFile(COUNT, String(before));
    const kilobytes = Number(/^Hugepagesize:\s+(\d+) kB$/m.exec(await readFile('/proc/meminfo', 'utf8'))![1]);
    const wanted = Math.ceil((memoryOfPages() * SHARED) / (kilobytes * 1024));
    if (before >= wanted) return async () => {};
    await writeFile(COUNT, String(wanted));
    if ((await reserved()) >= wanted) {
      say(`  ${wanted} huge pages of ${kilobytes} kB are reserved for PostgreSQL while this runs.`);
      return give;
    }
    await give();
  } catch {
    // No such system, or not ours to change.
  }
  say('  PostgreSQL has no huge pages here (docs/operations.md, "Huge pages"): large databases take longer.');
  return async () => {};
}
