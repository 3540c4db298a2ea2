import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Who runs PostgreSQL: it refuses to run as root, so root hands it to an account without rights. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Owner = { uid: 65534, gid: 65534 };

/** Undefined: PostgreSQL runs as whoever runs this process. */
export function chooseOwner(clusterDir: string): Owner | undefined {
  const uid = process.getuid?.();
  if (uid === undefined) return undefined;
  const existing = existsSync(clusterDir) ? statSync(clusterDir) : undefined;
  if (uid !== 0) {
    if (existing && existing.uid !== uid) {
      throw new Error(
        `The data folder ${clusterDir} belongs to another account (uid ${existing.uid}), because it was made by it. ` +
          'Start as that account, or set TRIBUTARY_DATA to a folder of your own.',
      );
    }
    return undefined;
  }
  return existing && existing.uid !== 0 ? { uid: existing.uid, gid: existing.gid } : NOBODY;
}

/** Can this account pass through every folder above `path`, and through `path` itself? */
export function canEnter(owner: Owner, path: string): boolean {
  const { mode, uid, gid } = statSync(path);
  const bit = uid === owner.uid ? 0o100 : gid === owner.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || canEnter(owner, parent);
}

/** A folder that the owner alone may enter, as PostgreSQL wants its data to be. */
export function makePrivateFolder(path: string, owner: Owner | undefined): void {
  mkdirSync(path, { mode: 0o700 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}
