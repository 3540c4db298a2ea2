import { useSay } from '../words/words.ts';
import { formatInstant, READER_ZONE } from './format.ts';
import { Hidden } from './Hidden.tsx';

/** An instant: the date, with the exact time and its zone when pointed at, or all of it. */
export function When({ at, exact = false }: { readonly at: string | null | undefined; readonly exact?: boolean }) {
  const say = useSay();
  if (!at) return <Nothing />;
  const title = [formatInstant(at, say.locale), formatInstant(at, say.locale, READER_ZONE)];
  return (
    <time className="one-line" dateTime={at} title={[...new Set(title)].join(' = ')}>
      {exact ? say.instant(at) : say.date(at)}
    </time>
  );
}

/** Stands where there is no value. */
export function Nothing({ words }: { readonly words?: string }) {
  const say = useSay();
  return (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <Hidden>{words ?? say('none')}</Hidden>
    </span>
  );
}
