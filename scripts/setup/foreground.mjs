import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { ROOT } from './steps.mjs';

const PASSED_ON = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
/** One Ctrl-C under npm arrives twice, from the terminal and from npm; a person presses it more slowly, ms. */
const SAME_SIGNAL_MS = 300;

/**
 * Runs a program as if it had been started itself: its input and output are ours, a signal reaches it once, and its exit
 * code is the answer.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env in addition to ours
 * @returns {Promise<number>} its exit code; 128 + n where signal n ended it
 */
export function runInForeground(command, args, env) {
  // In a process group of its own, the terminal's and a supervisor's signals to our group reach it through us alone;
  // a second one would mean "end at once" to the applications.
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, ...env },
  });
  let lastAt = -Infinity;
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    const isEcho = performance.now() - lastAt < SAME_SIGNAL_MS;
    lastAt = performance.now();
    // A closed terminal asks to end, which SIGHUP does not say to every program.
    if (!isEcho) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of PASSED_ON) process.on(signal, passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of PASSED_ON) process.off(name, passOn);
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}
