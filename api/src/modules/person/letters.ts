import type { Message } from '../../platform/mail/message.ts';

/** The page that takes a code, where there is one. The code stands behind a #, so that no server on the way writes it down. */
function stepOf(label: string, page: string | null, code: string): Pick<Message, 'link' | 'paragraphs'> {
  const typed = `The code: ${code}`;
  return page === null ? { paragraphs: [typed] } : { paragraphs: [typed], link: { label, url: `${page}#code=${code}` } };
}

export function signUpLetter(program: string, page: string | null, code: string): Message {
  const step = stepOf('Confirm the address', page, code);
  return {
    subject: `Confirm your address for ${program}`,
    ...step,
    paragraphs: [
      `Somebody, hopefully you, signed up as an affiliate of ${program} with this address. Confirm it within 24 hours.`,
      ...step.paragraphs,
    ],
    note: 'If it was not you, do nothing: without confirmation nothing is kept.',
  };
}

export function invitationLetter(affiliate: string, organization: string, page: string | null, code: string): Message {
  const step = stepOf('Accept', page, code);
  return {
    subject: `You may act for the affiliate ${affiliate}`,
    ...step,
    paragraphs: [
      `You were invited to act for the affiliate ${affiliate} of ${organization}. Accept within seven days, and you get a token of your own.`,
      ...step.paragraphs,
    ],
    note: 'If you do not know what this is about, do nothing.',
  };
}

export function accessLetter(affiliate: string, organization: string, page: string | null, code: string): Message {
  const step = stepOf('Get a new token', page, code);
  return {
    subject: `A new token for the affiliate ${affiliate}`,
    ...step,
    paragraphs: [
      `Somebody, hopefully you, asked for a new token to act for the affiliate ${affiliate} of ${organization}. Whoever has the code gets it, within an hour. The tokens that you have now are then worth nothing, unless you say otherwise.`,
      ...step.paragraphs,
    ],
    note: 'If it was not you, do nothing: your tokens stay as they are.',
  };
}
