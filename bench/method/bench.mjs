import { mkdir, writeFile } from 'node:fs/promises';
import { build } from '../../scripts/setup/build.mjs';
import { installDependencies } from '../../scripts/setup/dependencies.mjs';
import { checkNodeVersion } from '../../scripts/setup/node-version.mjs';
import { provideRedisServer } from '../../scripts/setup/redis-server.mjs';
import { inRoot, runScript } from '../../scripts/setup/steps.mjs';
import { describeMachine } from './machine.mjs';
import { isAsIs, isQuick } from './options.mjs';
import { asText } from './report.mjs';
import { Stage } from './stage.mjs';

/** Where each benchmark leaves its result as JSON; git does not see it. */
export const RESULTS = inRoot('.data', 'bench', ...(isQuick ? ['quick'] : []));

/**
 * @typedef {{ columns: string[], rows: string[][] }} Table
 * @typedef {{ what: string, reach: string, value: number, isReached: boolean }} Target
 * @typedef {{ tables: Table[], targets: Target[] }} Findings
 * @typedef {{ name: string, title: string, method: string[], run: (stage: Stage) => Promise<Findings> }} Benchmark
 * @typedef {Findings & Omit<Benchmark, 'run'> & { machine: ReturnType<typeof describeMachine>, at: string, tookS: number, isQuick: boolean }} Result
 */

/** Runs one benchmark, prints what it found beside how, and leaves the same as JSON. */
export async function bench(/** @type {Benchmark} */ { name, title, method, run }) {
  await runScript(async () => {
    checkNodeVersion();
    if (!isAsIs) {
      await installDependencies();
      await build();
    }
    const redisServer = await provideRedisServer();
    const machine = describeMachine(redisServer);
    const stage = await Stage.open(redisServer);
    const startedAtMs = performance.now();
    try {
      const findings = await run(stage);
      const tookS = Math.round((performance.now() - startedAtMs) / 1000);
      /** @type {Result} */
      const result = {
        name,
        title,
        method,
        machine,
        at: new Date().toISOString(),
        tookS,
        isQuick,
        ...findings,
      };
      console.log(asText(result));
      await mkdir(RESULTS, { recursive: true });
      await writeFile(`${RESULTS}/${name}.json`, `${JSON.stringify(result, null, 2)}\n`);
    } finally {
      await stage.close();
    }
  });
}

/**
 * A figure that was promised.
 *
 * @param {string} what
 * @param {number} value
 * @param {'≥' | '≤'} sign
 * @param {number} bound
 * @param {string} [unit]
 * @returns {Target}
 */
export function target(what, value, sign, bound, unit = '') {
  const isReached = sign === '≥' ? value >= bound : value <= bound;
  return { what, reach: `${sign} ${bound.toLocaleString('en-GB')}${unit && ` ${unit}`}`, value, isReached };
}
