import * as assert from 'node:assert/strict';
import type { Choice, Choices, InputOptions, PickOptions, Ui, Work } from '../../src/platform/ui';

type Plain = string | readonly string[] | boolean | undefined;

/**
 * How a test answers: by the label of a choice, by labels, by what is typed, by yes or no; undefined backs out. A
 * function answers after something else has happened.
 */
export type Answer = Plain | (() => Promise<Plain>);

/** Answers in order, and keeps what was said. A question without an answer fails the test. */
export class ScriptedUi implements Ui {
  readonly asked: string[] = [];
  /** The choices of all pickers as "label | description". */
  readonly offered: string[] = [];
  readonly said: string[] = [];
  readonly failures: unknown[] = [];
  /** Web addresses, in place of the person's browser. */
  readonly opened: string[] = [];
  /** Progresses without Cancel. */
  readonly unstoppable: string[] = [];
  private readonly answers: Answer[];
  private running = new AbortController();

  constructor(...answers: readonly Answer[]) {
    this.answers = [...answers];
  }

  async confirm(message: string): Promise<boolean> {
    return (await this.next(message)) === true;
  }

  async pick<T>(choices: Choices<T>, options: PickOptions): Promise<T | undefined> {
    const label = await this.next(options.title);
    const offered = await this.offer(choices);
    return label === undefined ? undefined : chosen(offered, String(label));
  }

  async pickMany<T>(choices: Choices<T>, options: PickOptions): Promise<readonly T[] | undefined> {
    const labels = await this.next(options.title);
    const offered = await this.offer(choices);
    return Array.isArray(labels) ? labels.map((label) => chosen(offered, String(label))) : undefined;
  }

  async input({ title, validate }: InputOptions): Promise<string | undefined> {
    const typed = await this.next(title);
    const problem = typeof typed === 'string' ? validate?.(typed) : undefined;
    if (problem !== undefined) this.said.push(problem);
    return typeof typed === 'string' && problem === undefined ? typed : undefined;
  }

  async pickFile({ title }: Parameters<Ui['pickFile']>[0]): Promise<string | undefined> {
    const file = await this.next(title);
    return typeof file === 'string' ? file : undefined;
  }

  progress<T>(title: string, work: Work<T>, { cancellable } = { cancellable: true }): Promise<T> {
    this.running = new AbortController();
    if (!cancellable) this.unstoppable.push(title);
    return work((step) => void this.said.push(step), this.running.signal);
  }

  /** What the button of a progress does. */
  cancel(): void {
    this.running.abort();
  }

  done(message: string): void {
    this.said.push(message);
  }

  /** Presses a button where the next answer is one of them. */
  inform(message: string, ...actions: readonly string[]): Promise<string | undefined> {
    this.said.push(message);
    const [next] = this.answers;
    if (typeof next !== 'string' || !actions.includes(next)) return Promise.resolve(undefined);
    this.answers.shift();
    return Promise.resolve(next);
  }

  openAddress(address: string): Promise<void> {
    this.opened.push(address);
    return Promise.resolve();
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }

  private async offer<T>(choices: Choices<T>): Promise<readonly Choice<T>[]> {
    const offered = await choices;
    this.offered.push(...offered.map(({ label, description }) => [label, description].filter(Boolean).join(' | ')));
    return offered;
  }

  private async next(question: string): Promise<Plain> {
    this.asked.push(question);
    assert.ok(this.answers.length > 0, `no answer to '${question}'`);
    const answer = this.answers.shift();
    return typeof answer === 'function' ? answer() : answer;
  }
}

function chosen<T>(choices: readonly Choice<T>[], label: string): T {
  const choice = choices.find((each) => each.label === label);
  assert.ok(choice, `no '${label}' among ${choices.map((each) => each.label).join(', ')}`);
  return choice.value;
}
