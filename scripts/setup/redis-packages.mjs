import { APT_INSTALL, APT_UPDATE, installWithPackageManager } from './package-manager.mjs';
import { findServer } from './redis-binary.mjs';

/**
 * What each package manager is told, in turn, until a server is there.
 *
 * On Debian and Ubuntu `redis-tools` holds the server's binary, and the package `redis-server` adds only a system
 * service that would listen on 6379, now or after the next boot. So the service is never installed, and one that
 * was there before is never touched.
 *
 * @type {import('./package-manager.mjs').Manager[]}
 */
const MANAGERS = [
  {
    command: 'apt-get',
    attempts: [
      [APT_INSTALL.concat('redis-tools')],
      [APT_UPDATE, APT_INSTALL.concat('redis-tools')],
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

/**
 * Installs a Redis server with the system's package manager.
 *
 * @returns {Promise<{ server?: string, failure?: string | undefined }>}
 */
export async function installRedisServer() {
  const { found, failure } = await installWithPackageManager('redis-server', MANAGERS, findServer);
  return found === undefined ? { failure } : { server: found };
}
