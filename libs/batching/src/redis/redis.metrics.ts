import type { Metrics } from '@app/platform';
import type { RedisConnections } from './redis-connections';

/** Is called with the duration of each script; `ok` is false if Redis did not answer. */
export type ScriptObserver = (script: string, tookMs: number, ok: boolean) => void;

/** Measures Redis as this process sees it, including the wait for the connection. */
export function observeRedis(metrics: Metrics, connections: RedisConnections): ScriptObserver {
  const durations = metrics.histogram({
    name: 'redis_script_duration_seconds',
    help: 'Time from sending a script to its reply, including the wait for the connection.',
    labelNames: ['script', 'outcome'],
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.5],
  });
  const reconnects = metrics.counter({
    name: 'redis_reconnects_total',
    help: 'Connections to Redis that were lost and came back.',
  });
  connections.onReconnect(() => reconnects.inc());
  return (script, tookMs, ok) => durations.observe({ script, outcome: ok ? 'ok' : 'failed' }, tookMs / 1000);
}
