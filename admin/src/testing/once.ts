import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 180_000;

/** Makes a folder of the run. Two processes may ask for the same one: the second waits for the first. */
export async function madeOnce(folder: string, make: () => Promise<void>): Promise<string> {
  const [taken, ready, failed] = ['taken', 'ready', 'failed'].map((word) => `${folder}.${word}`) as [string, string, string];
  if (isFirst(taken)) {
    try {
      await make();
      writeFileSync(ready, '');
    } catch (error) {
      writeFileSync(failed, '');
      throw error;
    }
  }
  const end = Date.now() + PATIENCE_MS;
  while (!existsSync(ready)) {
    if (existsSync(failed) || Date.now() > end) throw new Error(`${folder} was not made; the journey that tried it says why`);
    await sleep(100);
  }
  return folder;
}

function isFirst(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}
