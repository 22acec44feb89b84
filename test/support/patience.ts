/**
 * How many times over a promise may be exceeded in a test: other tests' processes are starting on the same machine,
 * and it is "answers" against "hangs" that a test can tell. What it takes on a quiet machine, `npm run bench` says.
 */
export const PATIENCE = 10;

/** Of applications in a test that is not about outages: their Redis may stand still with the machine. */
export const UNHURRIED = { REDIS_COMMAND_TIMEOUT: '8000' };
