import { spawn } from 'node:child_process';
import { ROOT } from './steps.mjs';

const EXIT_OF_A_SIGNAL = 128;
/** @type {Record<string, number>} */
const NUMBERS = { SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Runs a program as if it had been started itself: its input and output are ours, signals reach it once, and its exit
 * code is the answer.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env in addition to ours
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, env) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  // A terminal's Ctrl-C reaches the whole group, the child included: passed on, it would count as the second one.
  const ignore = () => undefined;
  const passOn = () => child.kill('SIGTERM');
  process.on('SIGINT', process.stdin.isTTY ? ignore : () => child.kill('SIGINT'));
  process.on('SIGTERM', passOn);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? EXIT_OF_A_SIGNAL + (NUMBERS[signal ?? ''] ?? 0)));
  });
}
