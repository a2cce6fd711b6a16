// @ts-check
import { availableParallelism } from 'node:os';

/** Two more than cores, for suites wait half of their time; of windows more than these would only take memory. */
export const slotsOfMachine = Math.min(availableParallelism() + 2, 6);

/** Lets only so many work at a time; of those that wait, the one with the least place goes first. */
export class Slots {
  /** @type {{place: number, go: () => void}[]} */
  #waiting = [];

  /** @param {number} free */
  constructor(free) {
    this.free = free;
  }

  /**
   * @template T
   * @param {number} place
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async use(place, work) {
    if (this.free === 0) await new Promise((resolve) => this.#wait(place, () => resolve(undefined)));
    else this.free -= 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next.go();
      else this.free += 1;
    }
  }

  /**
   * @param {number} place
   * @param {() => void} go
   */
  #wait(place, go) {
    this.#waiting.push({ place, go });
    this.#waiting.sort((a, b) => a.place - b.place);
  }
}
