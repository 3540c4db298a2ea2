/** One cent or point: whose order it came from, when it can be used, and where it lies. */
interface Coin {
  readonly order: string;
  usableFrom: number | null;
  expiresAt: number | null;
  at: 'held' | 'purse' | 'spent' | 'lapsed';
}

/**
 * A model of one affiliate's books for tests: every cent is a coin that lies somewhere. It knows nothing of postings,
 * accounts, lots or sums, and is slow.
 */
export class Coins {
  private coins: Coin[] = [];
  /** What was taken back although it had been spent, or was deducted. */
  debt = 0;

  /** What an order earns now, from when on (null: not known yet) and until when. */
  decide(order: string, amount: number, usableFrom: number | null, expiresAt: number | null): void {
    const usable = amount === 0 ? null : usableFrom;
    for (const coin of this.of(order)) {
      const fits = coin.usableFrom === usable && coin.expiresAt === expiresAt;
      if (coin.at === 'held' || (usable !== null && fits)) continue;
      // What was spent stays so when it only turns out to have been usable from another instant on.
      if (coin.at === 'spent' && usable !== null) Object.assign(coin, { usableFrom: usable, expiresAt });
      else this.lose(coin);
    }
    if (usable !== null) this.release(order, amount, usable, expiresAt);
    const ladder = ['held', 'purse', 'lapsed', 'spent'];
    const worstFirst = this.of(order).sort((a, b) => ladder.indexOf(a.at) - ladder.indexOf(b.at));
    for (const coin of worstFirst.slice(0, Math.max(0, worstFirst.length - amount))) this.lose(coin);
    const more = amount - this.of(order).length;
    for (let i = 0; i < more; i++)
      this.coins.push({ order, usableFrom: usable, expiresAt: usable === null ? null : expiresAt, at: usable === null ? 'held' : 'purse' });
  }

  /** Coins that wait become usable ones, as far as the order earns them. */
  private release(order: string, amount: number, usableFrom: number, expiresAt: number | null): void {
    let there = this.of(order).filter((coin) => coin.at !== 'held').length;
    for (const coin of this.of(order)) {
      if (coin.at !== 'held') continue;
      if (there++ < amount) Object.assign(coin, { at: 'purse', usableFrom, expiresAt });
      else this.lose(coin);
    }
  }

  spend(amount: number, at: number): void {
    for (const coin of this.usable(at, false).slice(0, amount)) coin.at = 'spent';
  }

  /** Debts are settled at once, also from what ends at this very instant. */
  settle(at: number): void {
    for (const coin of this.usable(at, true).slice(0, this.debt)) {
      coin.at = 'spent';
      this.debt--;
    }
  }

  expire(at: number): void {
    for (const coin of this.coins) if (coin.at === 'purse' && coin.expiresAt !== null && coin.expiresAt <= at) coin.at = 'lapsed';
  }

  /** Instants at which something falls due. */
  instants(): number[] {
    const all = this.coins.flatMap((coin) => (coin.at === 'purse' ? [coin.usableFrom, coin.expiresAt] : []));
    return [...new Set(all.filter((at) => at !== null))].sort((a, b) => a - b);
  }

  count(at: Coin['at'], order?: string): bigint {
    return BigInt(this.coins.filter((coin) => coin.at === at && (order === undefined || coin.order === order)).length);
  }

  private of(order: string): Coin[] {
    return this.coins.filter((coin) => coin.order === order);
  }

  /** What was paid for and later turned out not to be earned is owed back; the coin itself is gone. */
  private lose(coin: Coin): void {
    if (coin.at === 'spent') this.debt++;
    this.coins.splice(this.coins.indexOf(coin), 1);
  }

  /** In the order in which they are spent. */
  private usable(at: number, alsoEnding: boolean): Coin[] {
    const isThere = ({ expiresAt }: Coin) => expiresAt === null || expiresAt > at || (alsoEnding && expiresAt === at);
    return this.coins
      .filter((coin) => coin.at === 'purse' && (coin.usableFrom as number) <= at && isThere(coin))
      .sort(
        (a, b) =>
          (a.expiresAt ?? Number.MAX_VALUE) - (b.expiresAt ?? Number.MAX_VALUE) ||
          (a.usableFrom as number) - (b.usableFrom as number) ||
          (a.order < b.order ? -1 : a.order > b.order ? 1 : 0),
      );
  }
}
