import { readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { unpackDebianPackage } from './debian-package.mjs';
import { TOOLS, isServer } from './redis-binary.mjs';
import { run, say } from './steps.mjs';

/** Holds the server's binary under the name of its checking tool, as Debian's tools package of Redis does. */
const PACKAGE = 'valkey-tools';
const SERVER = join(TOOLS, 'valkey-server');

/**
 * Gets a Valkey for the tests of every promised server, where the machine has none: Debian's package, unpacked into
 * `.data/tools`. Without one those tests are skipped.
 */
export async function provideValkey() {
  if (process.env.VALKEY_SERVER || (await isServer(SERVER))) return;
  if ((await run('valkey-server', ['--version'])).ok) return;
  say('no valkey-server on this machine: trying Debian’s package, for the tests of every server');
  const folder = join(TOOLS, PACKAGE);
  const failures = [];
  for (const source of [undefined, await backports()]) {
    const { failure } = await unpackDebianPackage(PACKAGE, folder, source);
    if (failure) {
      failures.push(failure);
      continue;
    }
    await rm(SERVER, { force: true });
    await symlink(join(folder, 'usr', 'bin', 'valkey-check-rdb'), SERVER);
    if (await isServer(SERVER)) return;
    await rm(SERVER, { force: true });
    failures.push('the package holds no working one');
  }
  say(`no valkey-server (${failures.join('; ')}): its tests are skipped. VALKEY_SERVER names one.`);
}

/** Debian 12 has Valkey among its backports only; undefined on another system. */
async function backports() {
  const { ID, VERSION_CODENAME } = parseEnv(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  if (ID !== 'debian' || !VERSION_CODENAME) return undefined;
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg';
  return `deb [signed-by=${keys}] http://deb.debian.org/debian ${VERSION_CODENAME}-backports main`;
}
