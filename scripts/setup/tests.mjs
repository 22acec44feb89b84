import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAssistant } from './assistant.mjs';
import { build } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { runInForeground } from './foreground.mjs';
import { endSurvivors } from './survivors.mjs';
import { checkNodeVersion } from './node-version.mjs';
import { provideRedisServer } from './redis-server.mjs';
import { inRoot, say } from './steps.mjs';

/**
 * Sets up what tests need, runs Jest, and ends whatever it left running; the exit code and the last line say how it went.
 *
 * @param {string[]} args Jest's
 * @param {() => Promise<Record<string, string>>} [provide] what these tests need besides, as variables
 */
export async function runTests(args, provide = async () => ({})) {
  checkNodeVersion();
  await installDependencies();
  await build();
  await buildAssistant();
  const run = randomUUID();
  const env = {
    REDIS_SERVER: await provideRedisServer(),
    RAPID_FIRE_TEST_RUN: run,
    ...(await provide()),
  };
  const folder = await mkdtemp(join(tmpdir(), 'rapid-fire-tests-'));
  const results = join(folder, 'results.json');
  try {
    const jest = inRoot('node_modules', 'jest', 'bin', 'jest.js');
    const sequencer = `--testSequencer=${inRoot('scripts', 'setup', 'longest-first.mjs')}`;
    const command = [jest, '--json', `--outputFile=${results}`, sequencer, ...args];
    const code = await runInForeground(process.execPath, command, env);
    const survivors = await endSurvivors(run);
    for (const name of survivors) say(`left running by the tests: ${name}`);
    process.exitCode = code || (survivors.length > 0 ? 1 : 0);
    console.log(await summary(results, survivors.length));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * One plain line, the last one. Whatever kept a suite from running, or outlived the run, counts as a failure.
 *
 * @param {string} path of Jest's results
 * @param {number} survivors
 */
async function summary(path, survivors) {
  // Jest writes none where it gives up before the first test.
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return `0 passed, ${1 + survivors} failed`;
  const results = JSON.parse(text);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites + survivors;
  const skipped = results.numPendingTests + results.numTodoTests;
  return `${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
