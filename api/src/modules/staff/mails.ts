import type { NewMail } from '../../platform/mail/outbox.ts';

export const RESET_MINUTES = 60;
export const INVITATION_DAYS = 7;

interface To {
  readonly name: string;
  readonly email: string;
  readonly publicUrl: string;
}

/** Where a password is set. The secret stands behind the #, so that no server on the way sees or logs it. */
export function passwordUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/admin/#/set-password?token=${encodeURIComponent(token)}`;
}

export function resetMail({ name, email, token, publicUrl }: To & { token: string }): NewMail {
  return {
    to: email,
    uselessAt: new Date(Date.now() + RESET_MINUTES * 60_000),
    message: {
      subject: 'Set a new password for Tributary',
      paragraphs: [`Hello ${name},`, 'somebody, most likely you, asked to set a new password for signing in to Tributary.'],
      link: { label: 'Set a new password', url: passwordUrl(publicUrl, token) },
      note: `The link holds for ${RESET_MINUTES} minutes and works once. If you did not ask for it, do nothing: your password stays as it is.`,
    },
  };
}

export function invitationMail({ name, email, token, publicUrl, by }: To & { token: string; by: string }): NewMail {
  return {
    to: email,
    uselessAt: new Date(Date.now() + INVITATION_DAYS * 86_400_000),
    message: {
      subject: 'You are invited to Tributary',
      paragraphs: [`Hello ${name},`, `${by} invites you to work in Tributary. Choose a password, and sign in with ${email}.`],
      link: { label: 'Accept the invitation', url: passwordUrl(publicUrl, token) },
      note: `The link holds for ${INVITATION_DAYS} days and works once.`,
    },
  };
}

export function factorRemovedMail({ name, email, publicUrl }: To): NewMail {
  return {
    to: email,
    message: {
      subject: 'Your second factor for Tributary was removed',
      paragraphs: [
        `Hello ${name},`,
        'two admins removed your second factor because it was reported lost, and ended your sessions. Sign in with your password and set up a new one.',
      ],
      link: { label: 'Sign in', url: `${publicUrl}/admin/` },
      note: 'If you did not report it lost, tell your admins at once.',
    },
  };
}
