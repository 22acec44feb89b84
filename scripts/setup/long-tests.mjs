/**
 * What `npm test` leaves to `npm run test:all`: storms, long models, clusters, days that pass, floods, PM2, a real
 * Prometheus, a Valkey, browsers, benchmarks, a bot that stays away. Parts of paths below the root.
 */
export const LONG_TESTS = [
  'libs/batching/src/spoilt-systems',
  'libs/batching/src/state-machine',
  'libs/batching/src/hand-off/days-later',
  'libs/gateways/src/robustness',
  'test/admin-at-scale',
  'test/admin-odd-input',
  'test/bench',
  'test/bot-away',
  'test/browser/',
  'test/chaos/',
  'test/cluster/',
  'test/failover',
  'test/monitoring/alerts',
  'test/monitoring/dashboard-and-alerts',
  'test/monitoring/refusals-counted',
  'test/pm2',
  'test/servers',
  'test/strangers',
  'test/tls',
  'test/worker-death',
];

/** Of these `npm test` plays a short form: fewer histories, bodies and parameters, the servers that are there. */
const SHORTENED = [
  'libs/batching/src/state-machine',
  'libs/gateways/src/robustness',
  'test/admin-odd-input',
  'test/servers',
];

/** Histories of the model test, damaged bodies of each gateway, and the share of other tries and entries. */
export const SHORT_FORMS = { MODEL_RUNS: '150', PAYLOADS: '1000', SHORT_FORM: '0.2' };

/** Jest's arguments for every kind of spec, those that drive a browser among them. */
export const EVERY_SPEC = ['spec', 'integration-spec', 'e2e-spec', 'browser-spec'].map(
  (kind) => `--testMatch=**/*.${kind}.ts`,
);

/** Jest's arguments for what `npm test` runs. */
export function withoutLongTests() {
  return ['/node_modules/', '/dist/', ...LONG_TESTS.filter((path) => !SHORTENED.includes(path))].map(
    (path) => `--testPathIgnorePatterns=${path}`,
  );
}
