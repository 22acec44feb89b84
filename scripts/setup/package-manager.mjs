import { reasonIn, run, say } from './steps.mjs';

const APT = ['apt-get', '-y', '-o', 'DPkg::Lock::Timeout=120'];
export const APT_INSTALL = [...APT, 'install', '--no-install-recommends'];
/** A bare machine has no package lists, an old one has lists of packages that are gone. */
export const APT_UPDATE = [...APT, 'update'];

/**
 * A package manager, and what it is told, in turn, until what is wanted is there.
 *
 * @typedef {{ command: string, asUser?: boolean, attempts: string[][][] }} Manager
 */

/** Nothing asks, and Ubuntu's needrestart lists what could be restarted instead of restarting it. */
const QUIET = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_MODE=l'];
const TIMEOUT_MS = 600_000;

/**
 * Installs a program with the system's package manager.
 *
 * @param {string} what it is called
 * @param {Manager[]} managers
 * @param {() => Promise<string | undefined>} find its path, once it is there
 * @returns {Promise<{ found?: string, failure?: string }>}
 */
export async function installWithPackageManager(what, managers, find) {
  const manager = await firstPresent(managers);
  if (!manager) {
    const known = managers.map(({ command }) => command).join(', ');
    return { failure: `no package manager that this knows (${known})` };
  }
  const rights = manager.asUser ? [] : await rootRights();
  if (!rights) {
    return { failure: `${manager.command}: needs root, and \`sudo\` is not there or asks for a password` };
  }
  say(`no ${what} on this machine: installing one with ${manager.command}`);
  const errors = new Set();
  for (const commands of manager.attempts) {
    for (const command of commands) {
      const { ok, output } = await execute([...rights, ...QUIET, ...command]);
      if (!ok) errors.add(reasonIn(output));
    }
    const found = await find();
    if (found) return { found };
  }
  return {
    failure: `${manager.command}: ${[...errors].join('; ') || `installed the package, but no ${what} came with it`}`,
  };
}

async function firstPresent(/** @type {Manager[]} */ managers) {
  for (const manager of managers) {
    if ((await run(manager.command, ['--version'])).ok) return manager;
  }
  return undefined;
}

async function rootRights() {
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'])).ok ? ['sudo', '-n'] : undefined;
}

function execute(/** @type {string[]} */ [command = '', ...args]) {
  return run(command, args, { timeoutMs: TIMEOUT_MS });
}
