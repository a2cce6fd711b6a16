import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as l10n from '@vscode/l10n';
import { UserError } from '../../domain/errors';
import type { ServedChild } from '../../domain/target';

const run = promisify(execFile);

type Process = Pick<ServedChild, 'pid' | 'startTime'>;

/** How long a server may drain before it is killed, ms. */
const grace = 5_000;

/**
 * When a process started, as text that two readings of one process share and a recycled pid does not; undefined where
 * there is no such process.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform === 'linux') return linuxStartTime(pid);
    if (process.platform === 'win32') return await output('powershell', ['-NoProfile', '-Command', windowsQuery(pid)]);
    return await output('ps', ['-o', 'lstart=', '-p', String(pid)]);
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat; the command in field 2 may hold blanks and brackets. A zombie is no process. */
function linuxStartTime(pid: number): string | undefined {
  const fields = linuxStat(pid);
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** The fields of /proc/<pid>/stat from the third, its state, on. */
function linuxStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function windowsQuery(pid: number): string {
  return `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
}

async function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return (await run(program, [...args])).stdout.trim() || undefined;
}

/**
 * True while the process that was started then, or one that it left in its group, is still there. No other process gets
 * a pid by which a group is still named.
 */
export async function isAlive({ pid, startTime }: Process): Promise<boolean> {
  const now = await startTimeOf(pid);
  return now === undefined ? hasMembers(pid) : now === startTime;
}

/** Whether a group has processes that are not zombies. */
async function hasMembers(group: number): Promise<boolean> {
  try {
    process.kill(-group, 0);
    if (process.platform === 'linux') return linuxMembers(group);
    const all = (await output('ps', ['-A', '-o', 'pgid=,stat='])) ?? '';
    return all.split('\n').some((line) => new RegExp(`^\\s*${group}\\s+[^Z]`).test(line));
  } catch {
    return false;
  }
}

function linuxMembers(group: number): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const [state, , pgrp] = linuxStat(Number(name));
      return state !== 'Z' && pgrp === String(group);
    } catch {
      // It ended meanwhile.
      return false;
    }
  });
}

/** Ends a process and its group: asks, waits while it drains, then kills. Touches nothing when the pid is another's. */
export async function endGroup(child: Process): Promise<void> {
  if (!(await isAlive(child))) return;
  if (process.platform === 'win32') await endTree(child.pid);
  else signalGroup(child.pid, 'SIGTERM');
  if (await endsWithin(child, grace)) return;
  signalGroup(child.pid, 'SIGKILL');
  if (await endsWithin(child, grace)) return;
  throw new UserError('conflict', l10n.t('Process {0} does not end.', child.pid), {
    next: l10n.t('End it with the means of your system, then refresh.'),
  });
}

async function endsWithin(child: Process, ms: number): Promise<boolean> {
  const deadline = Date.now() + ms;
  while (await isAlive(child)) {
    if (Date.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

/** Windows has no groups: a process is ended with those that it started, or they would run on. */
async function endTree(pid: number): Promise<void> {
  await run('taskkill', ['/pid', String(pid), '/t', '/f']).catch(() => undefined);
}

export function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Gone already.
  }
}
