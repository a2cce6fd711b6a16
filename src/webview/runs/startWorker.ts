import type { Wire } from '../../rpc/channel';

/** A webview may start no worker by an address, which is of another origin: its script comes as text. */
export async function startWorker(failed: () => void): Promise<Wire> {
  const { default: script } = await import('./arrange.worker.ts?text');
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address, { name: 'arrange' });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    failed();
  });
  return {
    post: (message) => worker.postMessage(message),
    listen: (listener) => {
      const onMessage = ({ data }: MessageEvent): void => {
        URL.revokeObjectURL(address);
        listener(data);
      };
      worker.addEventListener('message', onMessage);
      return { dispose: () => worker.terminate() };
    },
  };
}
