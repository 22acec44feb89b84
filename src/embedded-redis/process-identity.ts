import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Identifies a process for good: the id alone is given to another process some time after this one has ended. */
export interface ProcessIdentity {
  pid: number;
  /** When it was started, in the system's own notation; only for comparison. */
  startedAt: string;
}

/** The identity of a running process; undefined if no process has this id. */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const startedAt = process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  return startedAt ? { pid, startedAt } : undefined;
}

export async function isAlive({ pid, startedAt }: ProcessIdentity): Promise<boolean> {
  return (await identityOf(pid))?.startedAt === startedAt;
}

async function fromProc(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, in parentheses, and may itself contain spaces and parentheses.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? undefined : rest[STARTTIME_AFTER_STATE];
  } catch {
    return undefined;
  }
}

/** proc(5): `state` is field 3, `starttime` is field 22. */
const STARTTIME_AFTER_STATE = 22 - 3 - 1;

async function fromPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
    return stdout.trim();
  } catch {
    return undefined;
  }
}
