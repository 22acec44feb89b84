import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { runInForeground } from './setup/foreground.mjs';
import { endSurvivors } from './setup/survivors.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { provideRedisServer } from './setup/redis-server.mjs';
import { inRoot, runScript, say } from './setup/steps.mjs';

await runScript(async () => {
  checkNodeVersion();
  await installDependencies();
  await build();
  const run = randomUUID();
  const env = { REDIS_SERVER: await provideRedisServer(), RAPID_FIRE_TEST_RUN: run };
  const folder = await mkdtemp(join(tmpdir(), 'rapid-fire-tests-'));
  const results = join(folder, 'results.json');
  try {
    const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
    const args = [jest, '--json', `--outputFile=${results}`, ...process.argv.slice(2)];
    const code = await runInForeground(process.execPath, args, env);
    const survivors = await endSurvivors(run);
    for (const name of survivors) say(`left running by the tests: ${name}`);
    process.exitCode = code || (survivors.length > 0 ? 1 : 0);
    console.log(summary(JSON.parse(await readFile(results, 'utf8')), survivors.length));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/**
 * One plain line, the last one.
 *
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numRuntimeErrorTestSuites: number }} results
 * @param {number} survivors
 */
function summary(results, survivors) {
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + survivors;
  const skipped = results.numPendingTests > 0 ? `, ${results.numPendingTests} skipped` : '';
  return `${results.numPassedTests} passed, ${failed} failed${skipped}`;
}
