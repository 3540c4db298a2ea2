import { HttpError } from 'react-admin';
import { type Refusal, Refused } from '../acts/act.ts';
import { place } from '../session/place.ts';
import { headersFor } from './client.ts';

interface Trouble {
  readonly errors?: readonly { readonly message: string }[];
  readonly userErrors?: readonly Refusal[];
}

const headers = () => headersFor(place.read(), document.documentElement.lang);

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, { credentials: 'same-origin', headers: headers(), ...init });
  if (response.ok) return response;
  const { errors = [], userErrors = [] } = (await response.json().catch(() => ({}))) as Trouble;
  if (userErrors.length > 0) throw new Refused(userErrors);
  throw new HttpError(errors[0]?.message ?? response.statusText, response.status);
}

/** Fetches a file and gives it to the reader under the name that the server says. */
export async function download(path: string): Promise<void> {
  const response = await send(path);
  const [, name = 'download'] = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  const address = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser has it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Brings a file; answers what the server says of it. */
export async function upload<Answer>(path: string, file: Blob): Promise<Answer> {
  const whole = { ...headers(), 'content-type': 'application/octet-stream' };
  return (await (await send(path, { method: 'POST', body: file, headers: whole })).json()) as Answer;
}
