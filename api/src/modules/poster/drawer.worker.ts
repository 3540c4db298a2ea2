import { parentPort } from 'node:worker_threads';
import { type Drawing, draw } from './draw.ts';

/** Draws what it is asked for, and says what became of it. */
parentPort!.on('message', async (drawing: Drawing) => {
  try {
    parentPort!.postMessage({ file: await draw(drawing) });
  } catch (error) {
    parentPort!.postMessage({ failure: (error as Error).message });
  }
});
