import * as assert from 'node:assert/strict';
import type { Choice, Choices, InputOptions, PickOptions, Ui } from '../../src/platform/ui';

/** How a test answers: by the label of a choice, by labels, by what is typed, by yes or no; undefined backs out. */
export type Answer = string | readonly string[] | boolean | undefined;

/** Answers in order, and keeps what was said. A question without an answer fails the test. */
export class ScriptedUi implements Ui {
  readonly asked: string[] = [];
  readonly said: string[] = [];
  readonly failures: unknown[] = [];
  private readonly answers: Answer[];

  constructor(...answers: readonly Answer[]) {
    this.answers = [...answers];
  }

  confirm(message: string): Promise<boolean> {
    return Promise.resolve(this.next(message) === true);
  }

  async pick<T>(choices: Choices<T>, options: PickOptions): Promise<T | undefined> {
    const label = this.next(options.title);
    return label === undefined ? undefined : chosen(await choices, String(label));
  }

  async pickMany<T>(choices: Choices<T>, options: PickOptions): Promise<readonly T[] | undefined> {
    const labels = this.next(options.title);
    if (!Array.isArray(labels)) return undefined;
    const offered = await choices;
    return labels.map((label) => chosen(offered, String(label)));
  }

  input({ title, validate }: InputOptions): Promise<string | undefined> {
    const typed = this.next(title);
    const problem = typeof typed === 'string' ? validate?.(typed) : undefined;
    if (problem !== undefined) this.said.push(problem);
    return Promise.resolve(typeof typed === 'string' && problem === undefined ? typed : undefined);
  }

  pickFile({ title }: Parameters<Ui['pickFile']>[0]): Promise<string | undefined> {
    const file = this.next(title);
    return Promise.resolve(typeof file === 'string' ? file : undefined);
  }

  progress<T>(_title: string, work: (report: (step: string) => void, signal: AbortSignal) => Promise<T>): Promise<T> {
    return work((step) => void this.said.push(step), new AbortController().signal);
  }

  done(message: string): void {
    this.said.push(message);
  }

  inform(message: string): Promise<string | undefined> {
    this.said.push(message);
    return Promise.resolve(undefined);
  }

  fail(error: unknown): void {
    this.failures.push(error);
  }

  private next(question: string): Answer {
    this.asked.push(question);
    assert.ok(this.answers.length > 0, `no answer to '${question}'`);
    return this.answers.shift();
  }
}

function chosen<T>(choices: readonly Choice<T>[], label: string): T {
  const choice = choices.find((each) => each.label === label);
  assert.ok(choice, `no '${label}' among ${choices.map((each) => each.label).join(', ')}`);
  return choice.value;
}
