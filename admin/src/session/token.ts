const KEY = 'tributary.token';

/** The staff token of this tab; it is forgotten with the tab. */
export const sessionToken = {
  read: (): string | null => sessionStorage.getItem(KEY),
  keep: (token: string): void => sessionStorage.setItem(KEY, token),
  forget: (): void => sessionStorage.removeItem(KEY),
};
