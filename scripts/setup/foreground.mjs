import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { ROOT } from './steps.mjs';

/** Ctrl-C under npm reaches us twice, from the terminal and from npm; nobody presses it twice as fast, ms. */
const SAME_SIGNAL_MS = 300;

/**
 * Runs Node on a script with our own input and output until it ends, and passes signals on to it, each once: the
 * applications take a second one as "end at once".
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} its exit code; 128 + n where signal n ended it
 */
export async function runNode(args, env) {
  // In a process group of its own, a terminal's signals reach it through us alone.
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit', detached: true });
  let lastAt = -Infinity;
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    const isEcho = performance.now() - lastAt < SAME_SIGNAL_MS;
    lastAt = performance.now();
    // A closed terminal is a request to end; SIGHUP itself means something else to many programs.
    if (!isEcho) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  const [code, signal] = await once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
  return code ?? 128 + constants.signals[/** @type {NodeJS.Signals} */ (signal)];
}
