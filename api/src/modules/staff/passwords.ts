/** What a password must be, before the library is loaded that says so, too. */
export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 128;
