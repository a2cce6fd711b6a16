import { execFileSync } from 'node:child_process';

export interface Child {
  readonly pid: number;
  readonly args: string;
}

/** Living processes that this extension host started and whose command line has the text. */
export function childrenWith(text: string): Child[] {
  const lines = execFileSync('ps', ['-axww', '-o', 'pid=,ppid=,stat=,args=']).toString().split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, state, args = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    const isOurs = Number(parent) === process.pid && state?.startsWith('Z') === false && args.includes(text);
    return isOurs ? [{ pid: Number(pid), args }] : [];
  });
}

/** The port in a command line. */
export function portOf({ args }: Child): number {
  return Number(/--port (\d+)/.exec(args)?.[1]);
}
