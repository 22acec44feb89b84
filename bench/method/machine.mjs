import { execFileSync } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';

const GB = 1024 ** 3;

/** What the figures were taken on; of no use without it. */
export function describeMachine(/** @type {string} */ redisServer) {
  const cores = cpus();
  return {
    cpu: `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}`,
    memory: `${(totalmem() / GB).toFixed(0)} GB`,
    system: `${platform()} ${release()}`,
    node: process.version,
    redis:
      /v=([\d.]+)/.exec(execFileSync(redisServer, ['--version'], { encoding: 'utf8' }))?.[1] ?? 'unknown',
    // Whatever else runs at the same time takes part in every figure.
    loadBefore: loadavg()
      .map((load) => load.toFixed(2))
      .join(' '),
  };
}
