/*
 * Cancelling work in a worker that never yields: neither a busy loop nor `node:sqlite` sees a message, so the caller
 * raises a flag in shared memory and each piece of work polls it (architecture.md, Threads).
 */

export const sharedFlag = {
  make: (): SharedArrayBuffer => new SharedArrayBuffer(4),
  raise: (flag: SharedArrayBuffer): void => {
    Atomics.store(new Int32Array(flag), 0, 1);
  },
};

/** An AbortSignal whose `aborted` and `throwIfAborted` also see the shared flag. */
export function flaggedSignal(flag: SharedArrayBuffer | undefined, controller: AbortController): AbortSignal {
  const { signal } = controller;
  if (!flag) return signal;
  const cell = new Int32Array(flag);
  const raised = (): boolean => Atomics.load(cell, 0) === 1;
  return new Proxy(signal, {
    get(target, key) {
      if (key === 'aborted') return target.aborted || raised();
      if (key === 'throwIfAborted') {
        return () => {
          if (raised()) controller.abort();
          target.throwIfAborted();
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
