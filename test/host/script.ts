import * as assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { UserError } from '../../src/domain/errors';
import { type Answer, ScriptedUi } from './scriptedUi';
import { ringside } from './window';

const executed = new Set<string>();

/** Ids of the commands that tests have run so far. */
export function executedCommands(): readonly string[] {
  return [...executed];
}

/** Runs a command and keeps that it ran: `everyCommand.test.ts` wants each of them. */
export async function execute(command: string, ...args: readonly unknown[]): Promise<void> {
  executed.add(command);
  await commands.executeCommand(command, ...args);
}

/** Runs a command with answers; fails when it failed. */
export async function run(
  command: string,
  args: readonly unknown[],
  ...answers: readonly Answer[]
): Promise<ScriptedUi> {
  const ui = await scripted(...answers);
  await execute(command, ...args);
  if (ui.failures.length > 0) throw ui.failures[0];
  return ui;
}

/** Runs a command that must refuse, and gives the refusal. Anything but a UserError is a fault of the product. */
export async function refusal(
  command: string,
  args: readonly unknown[],
  ...answers: readonly Answer[]
): Promise<UserError> {
  const ui = await scripted(...answers);
  await execute(command, ...args);
  return onlyRefusal(ui);
}

/** The one refusal that was shown. The extension's classes are another bundle's: only names can be compared. */
export function onlyRefusal({ failures }: ScriptedUi): UserError {
  assert.equal(failures.length, 1, `${failures.length} refusals`);
  const error = failures[0] as UserError;
  assert.equal(error.name, 'UserError', error.stack);
  assert.ok(!error.message.includes('\n'), error.message);
  return error;
}

/** Answers for what is run next. */
export async function scripted(...answers: readonly Answer[]): Promise<ScriptedUi> {
  const ui = new ScriptedUi(...answers);
  (await ringside()).setUi(ui);
  return ui;
}
