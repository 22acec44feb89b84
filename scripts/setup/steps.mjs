import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Tells the operator, in one line, what is being done. */
export function say(/** @type {string} */ line) {
  console.error(`rapid-fire · ${line}`);
}

/** A step that cannot be done; its message is for the operator: what happened, and what to do. */
export class SetupError extends Error {}

/**
 * Runs a script's main part. What an operator can mend ends it with a message alone and exit code 1, or the code of the
 * applications' own error.
 */
export async function runScript(/** @type {() => Promise<void>} */ main) {
  try {
    await main();
  } catch (thrown) {
    const error = /** @type {NodeJS.ErrnoException & { exitCode?: number }} */ (thrown);
    const refusal = refusalIn(`${error.code}`);
    if (!(error instanceof SetupError) && error.exitCode === undefined && !refusal) throw error;
    console.error(`\n${refusal ? `${error.path ?? ROOT}: ${refusal}` : error.message}`);
    process.exitCode = error.exitCode ?? 1;
  }
}

/** What an operating system refuses, by the code that programs print of it, and what to do. */
const REFUSALS = [
  {
    code: /\b(EACCES|EPERM)\b/,
    advice: `this user may not write there: give ${ROOT} to it, or use its owner`,
  },
  { code: /\bEROFS\b/, advice: 'its file system is read-only: use a copy of the project elsewhere' },
  { code: /\b(ENOSPC|EDQUOT)\b/, advice: 'the disk is full: make room' },
  { code: /\b(ENOTDIR|EEXIST|EISDIR)\b/, advice: 'a file stands where a folder is needed, or the other way' },
];

function refusalIn(/** @type {string} */ output) {
  const found = REFUSALS.find(({ code }) => code.test(output));
  return found && `${found.advice}, and run the command again.`;
}

/**
 * Runs a command without input, in the repository's root unless told otherwise; never throws.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number }} [options]
 * @returns {Promise<{ ok: boolean, output: string }>} all it printed; what went wrong where it could not run
 */
export async function run(command, args, { env = process.env, cwd = ROOT, timeoutMs } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    timeout: timeoutMs,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => {
    child.kill();
    process.exit(143);
  };
  // Left alone, it would still be writing while the next run starts the same step again.
  process.once('SIGTERM', stop);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  try {
    const [code, signal] = await once(child, 'close');
    return { ok: code === 0, output: signal ? `${output}\nended by ${signal}` : output };
  } catch (error) {
    return { ok: false, output: /** @type {Error} */ (error).message };
  } finally {
    process.off('SIGTERM', stop);
  }
}

/**
 * Runs a command that the set-up cannot do without.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {string} advice what to do where it fails
 * @throws SetupError with what the system refused, else with all that the command printed
 */
export async function mustRun(command, args, advice) {
  const { ok, output } = await run(command, args);
  const line = [command, ...args].join(' ').replaceAll(inRoot('/'), '');
  if (ok) return;
  const refusal = refusalIn(output);
  throw new SetupError(
    refusal ? `\`${line}\` failed: ${refusal}` : `${output.trim()}\n\n\`${line}\` failed. ${advice}`,
  );
}

/** A path inside the repository. */
export function inRoot(/** @type {string[]} */ ...parts) {
  return join(ROOT, ...parts);
}

/** The line of a command's output that tells best why it failed. */
export function reasonIn(/** @type {string} */ output) {
  const lines = output.trim().split('\n');
  return lines.find((line) => /^(E:|error|npm error)/i.test(line)) ?? lines.at(-1) ?? '';
}
