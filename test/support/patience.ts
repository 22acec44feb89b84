/**
 * How many times over a promise may be exceeded in a test: other tests' processes are starting on the same machine,
 * so a test can only tell "answers" from "hangs". `npm run bench` measures the times of a quiet machine.
 */
export const PATIENCE = 10;

/** For applications in a test that is not about outages: their Redis may stand still with the machine. */
export const UNHURRIED = { REDIS_COMMAND_TIMEOUT: '8000' };
