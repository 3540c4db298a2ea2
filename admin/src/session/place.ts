const KEY = 'tributary.place';

/** The sandbox in which this tab works: an id, no secret; null: the organization itself. */
export const place = {
  read: (): string | null => sessionStorage.getItem(KEY),
  /** All pages begin anew: nothing of one place is shown in another. */
  move(id: string | null): void {
    if (id === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, id);
    window.location.hash = '#/';
    window.location.reload();
  },
  forget: (): void => sessionStorage.removeItem(KEY),
};
