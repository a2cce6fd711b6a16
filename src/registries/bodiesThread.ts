import type { MessagePort } from 'node:worker_threads';
import { Channel } from '../rpc/channel';
import { decodeBody } from './rest/bodies';
import type { BodyCall, BodyProtocol } from './rest/bodyReader';
import type { CallerProtocol } from './remoteMethods';
import { threadOptions } from './servedRegistry';
import { portWire } from './wire';

export function serveBodies(port: MessagePort): void {
  const decode = ({ kind, bytes, server }: BodyCall) => decodeBody(kind, bytes, server);
  new Channel<BodyProtocol, CallerProtocol>(portWire(port), { decode }, threadOptions);
}
