import { upload } from '../api/files.ts';
import type { ImportRecord } from './source.ts';

/** Small enough to be sent again when the line breaks, large enough to be few. */
const PIECE_BYTES = 8 * 1024 * 1024;

interface Taken {
  readonly import: { readonly id: string; readonly bytes: number };
}

export interface Place {
  readonly program: string;
  readonly kind: ImportRecord['kind'];
}

const pathOf = ({ program, kind }: Place) => `/imports/${encodeURIComponent(program)}/${kind.toLowerCase()}`;

/** Sends a file piece by piece; `onSent` hears the share that is there, 0 to 1. Answers the import's id. */
export async function handIn(place: Place, file: File, onSent: (share: number) => void): Promise<string> {
  const name = new URLSearchParams({ name: file.name });
  let taken = await upload<Taken>(`${pathOf(place)}?${name}`, file.slice(0, PIECE_BYTES));
  while (taken.import.bytes < file.size) {
    const { id, bytes } = taken.import;
    onSent(bytes / file.size);
    taken = await upload<Taken>(`/imports/${id}?offset=${bytes}`, file.slice(bytes, bytes + PIECE_BYTES));
  }
  return taken.import.id;
}

/** Has the server fetch a feed from where the shop publishes it. Answers the import's id. */
export async function fetchFrom(place: Place, url: string, name: string): Promise<string> {
  const taken = await upload<Taken>(`${pathOf(place)}/from?${new URLSearchParams({ url, name })}`, new Blob());
  return taken.import.id;
}
