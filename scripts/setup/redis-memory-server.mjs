import { TOOLS, isServer } from './redis-binary.mjs';
import { inRoot, reasonIn, run, say } from './steps.mjs';

const PACKAGE = 'redis-memory-server@0.17.1';
const BUILD_TIMEOUT_MS = 900_000;

/** Prints the path of the binary, which it downloads and compiles where it has not yet. */
const ASK = `
  const { RedisBinary } = require('redis-memory-server');
  RedisBinary.getPath({}).then((path) => console.log('\\n' + path), (error) => { console.error(error.message); process.exit(1); });
`;

/**
 * Has `redis-memory-server` compile a Redis server into `.data/tools`; needs `make` and a C compiler.
 *
 * @returns {Promise<{ server?: string, failure?: string }>}
 */
export async function buildWithRedisMemoryServer() {
  say(`installing ${PACKAGE} and asking it for a Redis server: it compiles one, which takes minutes`);
  const install = await run('npm', [
    'install',
    '--prefix',
    TOOLS,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    PACKAGE,
  ]);
  if (!install.ok) return { failure: `npm cannot install ${PACKAGE}: ${reasonIn(install.output)}` };
  const env = {
    ...process.env,
    NODE_PATH: inRoot('.data', 'tools', 'node_modules'),
    REDISMS_DOWNLOAD_DIR: inRoot('.data', 'tools', 'redis'),
  };
  const { ok, output } = await run(process.execPath, ['-e', ASK], { env, timeoutMs: BUILD_TIMEOUT_MS });
  const server = output.trim().split('\n').at(-1) ?? '';
  if (ok && (await isServer(server))) return { server };
  return { failure: `${PACKAGE} cannot provide one: ${reasonIn(output) || 'no answer'}` };
}
