// Sets up what is missing, then runs the tests: `npm test [-- arguments of Jest]`.
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { runNode } from './setup/foreground.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { inRoot, runScript } from './setup/steps.mjs';
import { endSurvivors } from './setup/survivors.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  const REDIS_SERVER = await provideRedisServer();
  // Every process of this run inherits it, and is found by it.
  const RAPID_FIRE_TEST_RUN = randomUUID();
  const directory = await mkdtemp(join(tmpdir(), 'rapid-fire-test-'));
  try {
    const report = join(directory, 'report.json');
    const jest = [inRoot('node_modules', 'jest', 'bin', 'jest.js'), '--json', `--outputFile=${report}`];
    const env = { ...process.env, REDIS_SERVER, RAPID_FIRE_TEST_RUN };
    const code = await runNode([...jest, ...process.argv.slice(2)], env);
    const survivors = await endSurvivors(RAPID_FIRE_TEST_RUN);
    for (const survivor of survivors) console.error(`still running after the tests, killed: ${survivor}`);
    process.exitCode = code || (survivors.length > 0 ? 1 : 0);
    console.log(await summary(report, survivors.length));
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});

/** The last line of every test run; whatever kept a suite from running, or outlived it, counts as a failure. */
async function summary(/** @type {string} */ report, /** @type {number} */ survivors) {
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return `0 passed, ${1 + survivors} failed`;
  const result = JSON.parse(text);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites + survivors;
  const skipped = result.numPendingTests + result.numTodoTests;
  return `${result.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
