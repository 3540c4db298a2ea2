/** Where payment files are fetched and answers are brought back. */
export const FILE_ROUTE = '/payouts/:program/:batch/files/:number';
export const ANSWER_ROUTE = '/payouts/:program/:batch/answers/:method';
export const WEBHOOK_ROUTE = '/payouts/webhooks/:method';

export function filePath(program: string, batch: string, number: number): string {
  return `/payouts/${encodeURIComponent(program)}/${encodeURIComponent(batch)}/files/${number}`;
}
