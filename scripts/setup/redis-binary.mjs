import { constants } from 'node:fs';
import { access, mkdir, rm, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { inRoot, run } from './steps.mjs';

/** Names of the server; and those under which Debian's tools package ships the same binary without a service. */
const SERVERS = ['redis-server', 'valkey-server'];
const SERVERS_IN_DISGUISE = ['redis-check-rdb', 'valkey-check-rdb'];

/** Folders that are not on every PATH. */
const USUAL_PLACES = [
  ...[
    '/usr/bin',
    '/usr/sbin',
    '/usr/local/bin',
    '/usr/local/sbin',
    '/opt/homebrew/bin',
    '/home/linuxbrew/.linuxbrew/bin',
  ],
  ...['/opt/local/bin', '/snap/bin'],
];

/** What the set-up gets for itself; git does not see it. */
export const TOOLS = inRoot('.data', 'tools');

/** The path of a Redis server on this machine, undefined where there is none. */
export async function findServer() {
  const path = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const folders = [...new Set([...path, ...USUAL_PLACES])];
  for (const candidate of inEvery([...folders, TOOLS], SERVERS)) {
    if (await isServer(candidate)) return candidate;
  }
  for (const candidate of inEvery(folders, SERVERS_IN_DISGUISE)) {
    const server = (await isExecutable(candidate)) ? await unmask(candidate) : undefined;
    if (server) return server;
  }
  return undefined;
}

/** Whether the file is a Redis or Valkey server that runs on this machine. */
export async function isServer(/** @type {string} */ path) {
  if (!(await isExecutable(path))) return false;
  const { ok, output } = await run(path, ['--version'], { timeoutMs: 5_000 });
  return ok && /^(Redis|Valkey) server v=/m.test(output);
}

/** Redis decides by the name it is called by what it is: under a server's name, the checking tool is the server. */
async function unmask(/** @type {string} */ tool) {
  const server = join(TOOLS, 'redis-server');
  await mkdir(TOOLS, { recursive: true });
  await rm(server, { force: true });
  await symlink(tool, server);
  if (await isServer(server)) return server;
  await rm(server, { force: true });
  return undefined;
}

function inEvery(/** @type {string[]} */ folders, /** @type {string[]} */ names) {
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** Whether the file is there and may be run. */
export async function isExecutable(/** @type {string} */ path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
