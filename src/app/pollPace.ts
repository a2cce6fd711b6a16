/** How the last looks at a store went. */
export interface Looks {
  /** Looks since one that found something new. */
  readonly quiet: number;
  /** ms that the last one took. */
  readonly cost: number;
  /** Looks since one that reached the store. */
  readonly failures: number;
}

/** Sooner after a change, as changes come in rows; both leave room to read and draw within two seconds (ms). */
const local = { busy: 700, quiet: 1400 };

/** A store that answers slowly is asked less: looking takes no more than this part of the time. */
const share = { local: 1 / 4, server: 1 / 10 };

const longest = 60_000;

/** ms to wait before the next look; `interval` is what is set for servers, in ms. */
export function pause(kind: 'local' | 'server', { quiet, cost, failures }: Looks, interval: number): number {
  const pace = kind === 'local' ? local : { busy: interval / 2, quiet: interval };
  if (failures > 0) return Math.max(pace.quiet, Math.min(longest, pace.quiet * 2 ** failures));
  const wanted = quiet === 0 ? pace.busy : pace.quiet;
  return Math.max(wanted, cost * (1 / share[kind] - 1));
}
