import { REQUEST_KINDS, type RequestState } from '@tributary/shared/people';
import type { Message } from '../../platform/mail/message.ts';
import type { Request } from './request.entity.ts';

const SAYS: Partial<Record<RequestState, string>> = {
  open: 'Staff wrote about it:',
  waiting: 'Staff need something from you before they go on:',
  granted: 'It was granted.',
  refused: 'It was turned down:',
  answered: 'Here is the answer:',
};

/** What staff said about a request, to those who act for the affiliate. Payment details are never in it. */
export function requestLetter(
  request: Request,
  { affiliate, program }: { affiliate: string; program: string },
  text: string | null,
): Message {
  const about = request.subject !== null && request.kind !== 'source-review' ? ` (${request.subject})` : '';
  return {
    subject: `Your request to ${program}: ${request.state === 'open' ? 'a message' : request.state}`,
    paragraphs: [
      `It is about the request ${request.externalId}${about} of the affiliate ${affiliate}: ${REQUEST_KINDS[request.kind]}`,
      SAYS[request.state] ?? '',
      ...(text === null ? [] : [text]),
    ].filter((paragraph) => paragraph !== ''),
    note:
      request.closedAt === null
        ? 'Reply in your account, not to this mail.'
        : 'If that does not settle it, open another request in your account.',
  };
}
