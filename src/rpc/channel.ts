import { UserError, type ErrorKind } from '../domain/errors';

/** The methods and events of one side, by name: `methods` may be asked of it, `events` it tells. */
export interface Protocol {
  readonly methods: object;
  readonly events: object;
}

/** What carries messages: a webview, a worker, a MessagePort. */
export interface Wire {
  post(message: unknown, transfer?: readonly ArrayBuffer[]): void;
  listen(listener: (message: unknown) => void): { dispose(): void };
}

type Method = (args: never, signal: AbortSignal) => unknown;
type Args<F> = F extends (args: infer A, ...rest: never[]) => unknown ? A : never;
type Result<F> = F extends (...args: never[]) => infer R ? Awaited<R> : never;

/** One handler per method: leaving one out is a type error. */
export type Handlers<M extends object> = {
  readonly [K in keyof M]: (args: Args<M[K]>, signal: AbortSignal) => Result<M[K]> | Promise<Result<M[K]>>;
};

interface WireError {
  readonly name: string;
  readonly message: string;
  readonly kind?: ErrorKind;
  readonly next?: string;
  readonly command?: { readonly id: string; readonly args?: readonly unknown[] };
  readonly span?: { readonly start: number; readonly end: number };
  readonly stack?: string;
}

type Message =
  | { readonly id: number; readonly k: string; readonly args: unknown; readonly flag?: SharedArrayBuffer }
  | { readonly re: number; readonly ok: unknown }
  | { readonly re: number; readonly error: WireError }
  | { readonly cancel: number }
  | { readonly event: string; readonly data: unknown };

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface ChannelOptions {
  /** Makes the signal of an incoming call; a worker gives one that reads the caller's shared flag (rpc/cancel.ts). */
  readonly signalFor?: (flag: SharedArrayBuffer | undefined, controller: AbortController) => AbortSignal;
  /** Makes the flag that goes with an outgoing call and that `raise` sets. */
  readonly flag?: { make(): SharedArrayBuffer; raise(flag: SharedArrayBuffer): void };
  /** The buffers of an answer that may be moved rather than copied. */
  readonly transferables?: (value: unknown) => readonly ArrayBuffer[];
}

/**
 * One typed request / reply / event / cancel channel over a wire. A throw in a handler comes back as a rejection, a
 * cancelled call rejects at once and its late answer is dropped, `dispose` rejects all that is pending.
 */
export class Channel<Local extends Protocol, Remote extends Protocol> {
  private nextId = 1;
  private readonly pending = new Map<number, Pending>();
  private readonly running = new Map<number, AbortController>();
  private readonly listeners = new Map<string, Set<(data: unknown) => void>>();
  private readonly subscription: { dispose(): void };
  private disposed = false;

  constructor(
    private readonly wire: Wire,
    private readonly handlers: Handlers<Local['methods']>,
    private readonly options: ChannelOptions = {},
  ) {
    this.subscription = wire.listen((message) => {
      if (typeof message === 'object' && message !== null) this.receive(message as Message);
    });
  }

  /** Asks the other side; rejects with what its handler threw, or as cancelled. */
  request<K extends keyof Remote['methods'] & string>(
    method: K,
    args: Args<Remote['methods'][K]>,
    signal?: AbortSignal,
  ): Promise<Result<Remote['methods'][K]>> {
    if (this.disposed) return Promise.reject(closed());
    if (signal?.aborted) return Promise.reject(cancelled());
    const id = this.nextId++;
    const flag = signal && this.options.flag?.make();
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if (flag) this.options.flag?.raise(flag);
        this.pending.delete(id);
        this.wire.post({ cancel: id });
        reject(cancelled());
      };
      const settle = (): void => signal?.removeEventListener('abort', onAbort);
      this.pending.set(id, {
        resolve: (value) => {
          settle();
          resolve(value as Result<Remote['methods'][K]>);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      signal?.addEventListener('abort', onAbort, { once: true });
      this.wire.post({ id, k: method, args, ...(flag && { flag }) });
    });
  }

  /** Tells the other side. */
  emit<K extends keyof Local['events'] & string>(event: K, data: Local['events'][K]): void {
    if (!this.disposed) this.wire.post({ event, data });
  }

  on<K extends keyof Remote['events'] & string>(
    event: K,
    listener: (data: Remote['events'][K]) => void,
  ): { dispose(): void } {
    const set = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, set.add(listener as (data: unknown) => void));
    return { dispose: () => set.delete(listener as (data: unknown) => void) };
  }

  /** Ends it; what is pending rejects with `reason`. */
  dispose(reason: Error = closed()): void {
    if (this.disposed) return;
    this.disposed = true;
    this.subscription.dispose();
    for (const pending of this.pending.values()) pending.reject(reason);
    this.pending.clear();
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }

  private receive(message: Message): void {
    if ('k' in message) void this.answer(message.id, message.k, message.args, message.flag);
    else if ('cancel' in message) this.running.get(message.cancel)?.abort();
    else if ('event' in message)
      this.listeners.get(message.event)?.forEach((listener) => {
        listener(message.data);
      });
    else this.settle(message);
  }

  private settle(message: Extract<Message, { re: number }>): void {
    const pending = this.pending.get(message.re);
    this.pending.delete(message.re);
    if ('error' in message) pending?.reject(fromWire(message.error));
    else pending?.resolve(message.ok);
  }

  private async answer(id: number, method: string, args: unknown, flag?: SharedArrayBuffer): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    try {
      const handler = this.handlerOf(method);
      const signal = this.options.signalFor?.(flag, controller) ?? controller.signal;
      const ok = await handler(args as never, signal);
      if (!controller.signal.aborted) this.wire.post({ re: id, ok }, this.options.transferables?.(ok));
    } catch (error) {
      if (!controller.signal.aborted) this.wire.post({ re: id, error: toWire(error) });
    } finally {
      this.running.delete(id);
    }
  }

  private handlerOf(method: string): Method {
    const { handlers } = this;
    if (!Object.hasOwn(handlers, method)) throw new Error(`No handler for '${method}'`);
    return handlers[method as keyof typeof handlers];
  }
}

function cancelled(): UserError {
  return new UserError('cancelled', 'Cancelled.');
}

function closed(): UserError {
  return new UserError('cancelled', 'The other side was closed.');
}

function toWire(error: unknown): WireError {
  if (error instanceof UserError) {
    const { name, message, kind, next, command, span } = error;
    const causes = error.cause instanceof Error ? error.cause.stack : undefined;
    return {
      name,
      message,
      kind,
      ...(next && { next }),
      ...(command && { command }),
      ...(span && { span }),
      ...(causes && { stack: causes }),
    };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, ...(stack && { stack }) };
}

function fromWire(error: WireError): Error {
  if (error.kind) {
    const { kind, message, next, command, span, stack } = error;
    const options = { ...(next && { next }), ...(command && { command }), ...(span && { span }) };
    return new UserError(kind, message, { ...options, cause: stack });
  }
  const result = new Error(error.message);
  result.name = error.name;
  if (error.stack) result.stack = error.stack;
  return result;
}
