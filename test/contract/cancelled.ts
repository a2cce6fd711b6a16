import assert from 'node:assert/strict';
import { isCancelled } from '../../src/domain/errors';

/** ms from the cancel in which the caller is told. */
const promised = 100;

/**
 * Cancels a reading, which must reject before a timer that is started at the cancel fires: where the machine is busy, both
 * are late.
 */
export async function rejectsInTime(leaving: AbortController, reading: Promise<unknown>, what: string): Promise<void> {
  let isLate = false;
  // A turn later, because a process that was stopped meanwhile finds its timers due before it can do anything.
  const timer = setTimeout(() => setImmediate(() => (isLate = true)), promised);
  leaving.abort();
  const outcome = await reading.then(
    () => 'read to its end',
    (error: unknown) => error,
  );
  clearTimeout(timer);
  assert.ok(isCancelled(outcome), `${what}: ${String(outcome)}`);
  assert.equal(isLate, false, `${what}: told later than ${promised} ms after the cancel`);
}
