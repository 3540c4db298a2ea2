import { Checkbox, Tooltip } from '@mui/material';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { type RaRecord, useListContext } from 'react-admin';
import { useKeys } from '../keys/useKeys.ts';
import { useSay } from '../words/words.ts';

interface Ticks<Row> {
  /** Is anything done with what is ticked? */
  readonly offered: boolean;
  /** By id; they stay ticked on other pages of the list. */
  readonly ticked: ReadonlyMap<string, Row>;
  /** Why a row can't be ticked; undefined: it can. */
  readonly barredBy: (row: Row) => string | undefined;
  set(rows: readonly Row[], isTicked: boolean): void;
  clear(): void;
}

const Context = createContext<Ticks<RaRecord> | undefined>(undefined);

interface TicksProps<Row> {
  readonly offered: boolean;
  readonly barredBy: (row: Row) => string | undefined;
  readonly children: ReactNode;
}

/** Around a list whose rows can be ticked. */
export function TicksProvider<Row extends RaRecord>({ offered, barredBy, children }: TicksProps<Row>) {
  const [ticked, setTicked] = useState<ReadonlyMap<string, Row>>(new Map());
  const ticks = useMemo(
    () => ({
      offered,
      ticked,
      barredBy,
      set: (rows: readonly Row[], isTicked: boolean) =>
        setTicked((now) => {
          const next = new Map(now);
          for (const row of rows) {
            if (isTicked) next.set(String(row.id), row);
            else next.delete(String(row.id));
          }
          return next;
        }),
      clear: () => setTicked(new Map()),
    }),
    [offered, ticked, barredBy],
  );
  return <Context value={ticks as unknown as Ticks<RaRecord>}>{children}</Context>;
}

export function useTicks<Row extends RaRecord>(): Ticks<Row> {
  const ticks = useContext(Context);
  if (!ticks) throw new Error('There are no ticks around this');
  return ticks as unknown as Ticks<Row>;
}

/** Ticks what can be ticked of the page. */
export function TickAll() {
  const say = useSay();
  const { data = [] } = useListContext();
  const { offered, ticked, barredBy, set } = useTicks();
  const able = data.filter((row) => barredBy(row) === undefined);
  const count = able.filter(({ id }) => ticked.has(String(id))).length;
  useKeys(offered ? { t: () => set(able, count < able.length) } : {});
  if (!offered) return null;
  return (
    <Checkbox
      size="small"
      sx={{ p: 0.25 }}
      disabled={able.length === 0}
      checked={able.length > 0 && count === able.length}
      indeterminate={count > 0 && count < able.length}
      onChange={(event) => set(able, event.target.checked)}
      slotProps={{ input: { 'aria-label': say('Tick all that can be ticked') } }}
    />
  );
}

/** The box of a row, by the row's name; where it is barred it says why. */
export function Tick<Row extends RaRecord>({ row, name }: { readonly row: Row; readonly name: string }) {
  const say = useSay();
  const { offered, ticked, barredBy, set } = useTicks<Row>();
  if (!offered) return null;
  const barred = barredBy(row);
  const box = (
    <Checkbox
      size="small"
      sx={{ p: 0.25 }}
      disabled={barred !== undefined}
      checked={ticked.has(String(row.id))}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => set([row], event.target.checked)}
      slotProps={{ input: { 'aria-label': barred ? `${name}: ${barred}` : say('Tick %{name}', { name }) } }}
    />
  );
  if (barred === undefined) return box;
  return (
    <Tooltip title={barred}>
      <span>{box}</span>
    </Tooltip>
  );
}
