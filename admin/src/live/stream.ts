import { headersFor } from '../api/client.ts';
import { place } from '../session/place.ts';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Listens to what the server tells open pages, and goes on listening after it broke off. `onEvent` gets the event's name. Answers how to
 * stop.
 */
export function openStream(onEvent: (event: string) => void): () => void {
  const stopping = new AbortController();
  void (async () => {
    for (let pause = FIRST_PAUSE_MS; !stopping.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      const heard = await readAll(onEvent, stopping.signal).catch(() => false);
      // Nobody is signed in any more, or may listen: asking again changes nothing.
      if (heard === null) return;
      if (heard) pause = FIRST_PAUSE_MS;
      await new Promise((resolve) => setTimeout(resolve, pause * (0.5 + Math.random())));
    }
  })();
  return () => stopping.abort();
}

/** Whether anything came; null: it was refused. */
async function readAll(onEvent: (event: string) => void, signal: AbortSignal): Promise<boolean | null> {
  const response = await fetch('/live', {
    credentials: 'same-origin',
    headers: headersFor(place.read(), document.documentElement.lang),
    signal,
  });
  if (response.status === 401 || response.status === 403) return null;
  if (!response.ok || !response.body) return false;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    const { done, value } = await reader.read();
    if (done) return true;
    text += value;
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const event = /^event: (\w+)/.exec(message)?.[1];
      if (event) onEvent(event);
    }
  }
}
