/** For browsers that do not tell when they have nothing else to do. */
const SOON_MS = 200;

/** Does something once nothing else is to be done. Answers how to leave it. */
export function atRest(work: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const planned = requestIdleCallback(work);
    return () => cancelIdleCallback(planned);
  }
  const planned = setTimeout(work, SOON_MS);
  return () => clearTimeout(planned);
}
