import { BootError, EXIT } from '@app/config';

/** Another live process works on the same data directory. */
export class DataDirectoryInUseError extends BootError {
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by the process ${pid}.\n` +
        'Stop that process, or give this one a directory of its own in DATA_DIR, and start again.',
      EXIT.config,
    );
  }
}

/** A killed process left a Redis on the same data, and that Redis does not answer. */
export class SilentOrphanError extends BootError {
  constructor(pid: number, port: number) {
    super(
      `The Redis of an earlier run (process ${pid}, port ${port}) holds the data and does not answer.\n` +
        `End it with \`kill ${pid}\`, at worst \`kill -9 ${pid}\` (its data are on disk), and start again.`,
      EXIT.unavailable,
    );
  }
}

/** The embedded Redis ended while it was being started. */
export class RedisStartError extends BootError {
  constructor(binary: string, how: string, lastWords: string) {
    super(
      `The embedded Redis (${binary}) could not be started: it ended with ${how}.\n${lastWords}\n` +
        'Mend what it names and start again, or set REDIS_URL to use another Redis.',
      EXIT.unavailable,
    );
  }
}
