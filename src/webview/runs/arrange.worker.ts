import { buffersIn } from '../../rpc/buffers';
import { Channel } from '../../rpc/channel';
import { Arrangement, type ArrangeWorker } from './arrangement';

declare const self: Pick<Worker, 'postMessage' | 'addEventListener' | 'removeEventListener'>;

/** Runs beside the page, which stays usable while it orders and groups many rows. */
const arrangement = new Arrangement();

new Channel<ArrangeWorker, never>(
  {
    post: (message, transfer = []) => self.postMessage(message, [...transfer]),
    listen: (listener) => {
      const onMessage = ({ data }: MessageEvent): void => listener(data);
      self.addEventListener('message', onMessage);
      return { dispose: () => self.removeEventListener('message', onMessage) };
    },
  },
  arrangement.handlers,
  // An answer is moved to the page: here nobody needs it any more.
  { transferables: buffersIn },
);
