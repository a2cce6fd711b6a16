import type { MessagePort } from 'node:worker_threads';
import type { Wire } from '../rpc/channel';

/** A port as a wire. */
export function portWire(port: MessagePort): Wire {
  return {
    post: (message, transfer) => {
      port.postMessage(message, transfer ? [...transfer] : undefined);
    },
    listen: (listener) => {
      port.on('message', listener);
      return { dispose: () => port.off('message', listener) };
    },
  };
}
