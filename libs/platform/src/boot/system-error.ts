import { BootError, EXIT } from '@app/config';

/** A refusal of the operating system at start, as a line that says what to do. */
export class SystemRefusedError extends BootError {}

type SystemError = NodeJS.ErrnoException & { port?: number; address?: string };

// What each code means for the operator; all other errors are our own faults and keep their stack.
const ADVICE: Readonly<Record<string, (error: SystemError) => string>> = {
  EADDRINUSE: ({ port }) =>
    `Port ${shown(port)} is taken by another program, or by another of our processes.\n` +
    'End that one, or set another port (PORT, BATCHER_PORT, WORKER_PORT), and start again;\n' +
    'a second `npm start` needs a directory of its own in DATA_DIR, too.',
  EADDRNOTAVAIL: ({ address }) => `This machine does not have the address ${shown(address)}.`,
  EACCES: (error) =>
    error.syscall === 'listen'
      ? `This user may not listen on port ${shown(error.port)}.\nSet a port above 1023 (PORT, BATCHER_PORT, WORKER_PORT), and start again.`
      : unwritable(error, 'this user has no right to it'),
  EPERM: (error) => unwritable(error, 'this user has no right to it'),
  EROFS: (error) => unwritable(error, 'its file system is read-only'),
  ENOTDIR: (error) => unwritable(error, 'a part of that path is a file and no folder'),
  EEXIST: (error) => unwritable(error, 'a file stands where a folder is needed'),
  EISDIR: (error) => unwritable(error, 'it is a folder, and a file is needed'),
  ENOSPC: (error) => unwritable(error, 'the disk is full'),
  EDQUOT: (error) => unwritable(error, 'the quota of this user is used up'),
  EMFILE: () => 'This process may open too few files: raise `ulimit -n`, and start again.',
};

/** The same error for an operator; null if it says nothing to them. */
export function asSystemRefusal(error: unknown): SystemRefusedError | null {
  const { code = '' } = (error ?? {}) as SystemError;
  const advice = ADVICE[code];
  return advice ? new SystemRefusedError(advice(error as SystemError), EXIT.unavailable) : null;
}

function unwritable({ path }: SystemError, why: string): string {
  return (
    `${path ?? 'A file'} cannot be used: ${why}.\n` +
    'Mend that, or name another folder in DATA_DIR where it is one of the data, and start again.'
  );
}

function shown(value: string | number | undefined): string {
  return value === undefined ? 'of its settings' : String(value);
}
