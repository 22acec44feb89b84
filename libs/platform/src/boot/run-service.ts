import { Logger } from '@nestjs/common';
import { BootError } from '@app/config';
import { asSystemRefusal } from './system-error';

/** Something that runs until it is told to stop. */
export interface Service {
  close(): Promise<void>;
}

/** The longest a shutdown may take before the process ends all the same, ms. */
const CLOSE_DEADLINE_MS = 25_000;

/**
 * Runs a process: starts the service, stops it on SIGTERM or SIGINT with exit code 0, and ends at once on a second
 * signal. A service that cannot start ends the process with the code of its `BootError`.
 */
export function runService(start: () => Promise<Service>): void {
  let running: Service | undefined;
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    const logger = new Logger('Shutdown');
    if (stopping || !running) {
      logger.warn(`${signal}: ending at once`);
      process.exit(1);
    }
    stopping = true;
    logger.log(`${signal}: finishing what is in hand; a second signal ends at once`);
    close(running, logger).catch(fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  start()
    .then((service) => {
      running = service;
      // Tells a waiting supervisor, such as PM2 with `wait_ready`, before it ends the process that this one replaces.
      process.send?.('ready');
    })
    .catch(fail);
}

async function close(service: Service, logger: Logger): Promise<void> {
  setTimeout(() => {
    logger.error('Shutdown took too long; what is left is taken over when its lease ends');
    process.exit(1);
  }, CLOSE_DEADLINE_MS).unref();
  await service.close();
  logger.log('Closed');
  process.exit(0);
}

function fail(error: unknown): never {
  const expected = error instanceof BootError ? error : asSystemRefusal(error);
  process.stderr.write(`${expected ? expected.message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(expected ? expected.exitCode : 1);
}
