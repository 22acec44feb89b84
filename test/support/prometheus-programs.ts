import { join } from 'node:path';
import { findProgram, TOOLS } from './find-program';

/** Paths of the programs that the tests of `ops/` run. */
export interface PrometheusPrograms {
  prometheus: string;
  promtool: string;
}

/** Where the set-up unpacks Debian's packages. */
const UNPACKED = ['prometheus', 'promtool'].map((name) => join(TOOLS, name, 'usr', 'bin'));
const ADVICE =
  'no prometheus with promtool on this machine; `npm test` gets them where it can, and takes PROMETHEUS and PROMTOOL';

/**
 * A `describe` for a machine that has Prometheus. Other machines skip it and say so; in CI, where a skipped test would go
 * unnoticed, it fails.
 */
export function describeWithPrometheus(name: string, tests: (programs: PrometheusPrograms) => void): void {
  const prometheus = process.env.PROMETHEUS ?? findProgram('prometheus', ...UNPACKED);
  const promtool = process.env.PROMTOOL ?? findProgram('promtool', ...UNPACKED);
  if (prometheus && promtool) {
    describe(name, () => tests({ prometheus, promtool }));
  } else if (process.env.CI === 'true') {
    it(name, () => {
      throw new Error(ADVICE);
    });
  } else {
    process.stdout.write(`SKIPPED: ${name}: ${ADVICE}\n`);
    describe.skip(name, () => tests({ prometheus: '', promtool: '' }));
  }
}
