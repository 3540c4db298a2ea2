import { useSay } from '../words/words.ts';

interface AmountProps {
  readonly value: string;
  /** An ISO 4217 code, or the name of points. */
  readonly unit: string;
  /** It is a difference: what is more says so, too. */
  readonly isDifference?: boolean;
}

/** A sum: digits of equal width, the unit quiet behind them. Lists have hundreds: their looks are in the theme. */
export function Amount({ value, unit, isDifference = false }: AmountProps) {
  const say = useSay();
  return (
    <span className="one-line">
      {isDifference && Number(value) > 0 && '+'}
      {say.decimal(value)} <span className="unit">{unit}</span>
    </span>
  );
}
