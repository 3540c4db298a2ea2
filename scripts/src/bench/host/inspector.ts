import type { Profiler } from 'node:inspector';

interface Reply {
  readonly id?: number;
  readonly result?: { readonly profile?: Profiler.Profile };
  readonly error?: { readonly message: string };
}

const INTERVAL_US = 100;

/** Samples the CPU of another process, which was started with `--inspect`, while the work runs. */
export async function profileAt(address: string, work: () => Promise<unknown>): Promise<Profiler.Profile> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error(`Nobody answers at ${address}`)), { once: true });
  });
  let last = 0;
  const post = (method: string, params: object = {}) =>
    new Promise<Reply['result']>((resolve, reject) => {
      const id = ++last;
      const hear = ({ data }: MessageEvent) => {
        const reply = JSON.parse(String(data)) as Reply;
        if (reply.id !== id) return;
        socket.removeEventListener('message', hear);
        if (reply.error) reject(new Error(`${method}: ${reply.error.message}`));
        else resolve(reply.result);
      };
      socket.addEventListener('message', hear);
      socket.send(JSON.stringify({ id, method, params }));
    });
  try {
    await post('Profiler.enable');
    await post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
    await post('Profiler.start');
    await work();
    return (await post('Profiler.stop'))!.profile!;
  } finally {
    socket.close();
  }
}
