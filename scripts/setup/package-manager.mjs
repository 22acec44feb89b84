import { findServer } from './redis-binary.mjs';
import { reasonIn, run, say } from './steps.mjs';

const APT = ['apt-get', '-y', '-o', 'DPkg::Lock::Timeout=120'];
const APT_INSTALL = [...APT, 'install', '--no-install-recommends'];

/**
 * What each package manager is told, in turn, until a server is there.
 *
 * On Debian and Ubuntu `redis-tools` holds the server's binary, and the package `redis-server` adds only a system
 * service that would listen on 6379, now or after the next boot. So the service is never installed, and one that
 * was there before is never touched.
 */
const MANAGERS = [
  {
    command: 'apt-get',
    attempts: [
      [APT_INSTALL.concat('redis-tools')],
      // A bare machine has no package lists, an old one has lists of packages that are gone.
      [[...APT, 'update'], APT_INSTALL.concat('redis-tools')],
      // Installed by the records, and the file is missing.
      [APT_INSTALL.concat('--reinstall', 'redis-tools')],
      [APT_INSTALL.concat('valkey-tools')],
    ],
  },
  {
    command: 'apk',
    attempts: [[['apk', 'add', '--no-cache', 'redis']], [['apk', 'add', '--no-cache', 'valkey']]],
  },
  { command: 'dnf', attempts: [[['dnf', 'install', '-y', 'redis']], [['dnf', 'install', '-y', 'valkey']]] },
  { command: 'pacman', attempts: [[['pacman', '-Sy', '--noconfirm', '--needed', 'valkey']]] },
  { command: 'brew', asUser: true, attempts: [[['brew', 'install', 'redis']]] },
];

/** Nothing asks, and Ubuntu's needrestart lists what could be restarted instead of restarting it. */
const QUIET = ['env', 'DEBIAN_FRONTEND=noninteractive', 'NEEDRESTART_MODE=l'];
const TIMEOUT_MS = 300_000;

/**
 * Installs a Redis server with the system's package manager.
 *
 * @returns {Promise<{ server?: string, failure?: string }>}
 */
export async function installWithPackageManager() {
  const manager = await firstPresent();
  if (!manager) return { failure: 'no package manager that this knows (apt-get, apk, dnf, pacman, brew)' };
  const rights = manager.asUser ? [] : await rootRights();
  if (!rights) {
    return { failure: `${manager.command}: needs root, and \`sudo\` is not there or asks for a password` };
  }
  say(`no redis-server on this machine: installing one with ${manager.command}`);
  const errors = new Set();
  for (const commands of manager.attempts) {
    for (const command of commands) {
      const { ok, output } = await execute([...rights, ...QUIET, ...command]);
      if (!ok) errors.add(reasonIn(output));
    }
    const server = await findServer();
    if (server) return { server };
  }
  return {
    failure: `${manager.command}: ${[...errors].join('; ') || 'installed the package, but no server came with it'}`,
  };
}

async function firstPresent() {
  for (const manager of MANAGERS) {
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
