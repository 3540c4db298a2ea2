/** Items handled in one transaction. */
const CHUNK = 500;
/** So many transactions at once: while one is worked out here the database writes the other. */
const AT_ONCE = 2;

/**
 * Does work in transactions of some hundred items, two at a time: of different rows, or in an order in which everybody locks them. When one fails no further ones are begun, and those that run are
 * waited for.
 */
export async function inChunks<T, R>(items: readonly T[], work: (some: T[]) => Promise<R>, size = CHUNK): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    try {
      while (next < items.length) {
        const some = items.slice(next, next + size);
        next += size;
        results.push(await work(some));
      }
    } catch (error) {
      next = items.length;
      throw error;
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  for (const one of done) if (one.status === 'rejected') throw one.reason;
  return results;
}
