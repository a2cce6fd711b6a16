import type { Wire } from '../../rpc/channel';

/** A webview may start no worker by an address, which is of another origin: its script comes as text. */
export async function startWorker(failed: () => void): Promise<Wire> {
  const { default: script } = await import('./arrange.worker.ts?text');
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'arrange' });
  const release = (): void => URL.revokeObjectURL(address);
  worker.addEventListener('message', release, { once: true });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    release();
    failed();
  });
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => {
      worker.addEventListener('message', ({ data }) => listener(data));
      return { dispose: () => worker.terminate() };
    },
  };
}
