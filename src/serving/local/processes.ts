import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

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
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

function windowsQuery(pid: number): string {
  return `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
}

async function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return (await run(program, [...args])).stdout.trim() || undefined;
}

/** True while the process that was started then is still there under this pid. */
export async function isAlive(child: { readonly pid: number; readonly startTime: string }): Promise<boolean> {
  return (await startTimeOf(child.pid)) === child.startTime;
}

/** Ends a process and its group: asks, waits while it drains, then kills. Touches nothing when the pid is another's. */
export async function endGroup(child: { readonly pid: number; readonly startTime: string }): Promise<void> {
  if (!(await isAlive(child))) return;
  signalGroup(child.pid, 'SIGTERM');
  const deadline = Date.now() + grace;
  while (await isAlive(child)) {
    if (Date.now() > deadline) signalGroup(child.pid, 'SIGKILL');
    await delay(50);
  }
  // A command-line wrapper may be gone before the server that it started (deploy-verified.md §1.2).
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    // Gone already.
  }
}
