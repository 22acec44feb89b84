import { stopEverything } from './child';
import { releasePorts } from './free-port';

// A process that outlives its test file would disturb the next one, or the machine.
afterAll(async () => {
  const left = await stopEverything();
  await releasePorts();
  if (left > 0)
    throw new Error(`${left} process(es) that this file started were still running; each test ends its own.`);
});
