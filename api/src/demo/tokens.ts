import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOKENS_FILE } from '../bootstrap.ts';
import type { DemoSignIn } from './members.ts';

/** What is kept beside the data for people who try the product. */
export interface DemoTokens {
  readonly organization?: string;
  readonly staff?: string;
  readonly integrator?: string;
  readonly affiliate?: string;
  readonly sandboxStaff?: string;
  readonly sandboxIntegrator?: string;
  /** Who signs in to the back office. */
  readonly members?: { readonly made: boolean; readonly signIns: readonly DemoSignIn[] };
  /** `begun`: it was told in part; `told`: all of it. */
  readonly demo?: 'begun' | 'told';
  /** The instant from which its past is counted back. */
  readonly demoBegan?: string;
}

export function readTokens(dataDir: string): DemoTokens {
  const file = join(dataDir, TOKENS_FILE);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoTokens;
  } catch {
    return {};
  }
}

/** All or nothing, however the process ends. */
export function writeTokens(dataDir: string, tokens: DemoTokens): void {
  const file = join(dataDir, TOKENS_FILE);
  const draft = `${file}.new`;
  writeFileSync(draft, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}
