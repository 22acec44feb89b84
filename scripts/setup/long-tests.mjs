/**
 * What `npm test` leaves to `npm run test:all`: storms, outages, long models, clusters, days that pass, floods, damaged input,
 * commands that Redis refuses, PM2, a real Prometheus, a Valkey, browsers, benchmarks, a bot that stays away, demos, `npm run window`, `npm start`
 * with every kind of bot, workers that die, backlogs, the assistant end to end, the largest settings, clocks that jump, servers
 * that say nothing, slots that migrate; and what goes end to end through each bot and gateway, which specs beside the code cover
 * one by one. Parts of paths below the root, the longest first: in this order they begin.
 */
export const LONG_TESTS = [
  'libs/batching/src/state-machine',
  'test/bot-away',
  'test/npm-start',
  'test/pm2',
  'test/chaos/',
  'test/cluster/cluster-storm',
  'test/monitoring/quiet-system',
  'test/monitoring/dashboard-and-alerts',
  'libs/batching/src/hand-off/days-later',
  'libs/batching/src/spoilt-systems',
  'test/worker-death',
  'test/late-replies.e2e',
  'test/cluster/',
  'test/bench',
  'test/demo',
  'test/turns',
  'test/assistant.e2e',
  'test/window',
  'test/reply-shaping',
  'test/gateways/jobs',
  'test/gateways/any-json',
  'test/formatting',
  'test/order',
  'test/endpointing',
  'libs/batching/src/bursts',
  'libs/gateways/src/robustness',
  'libs/gateways/src/long-replies',
  'libs/gateways/src/formatting',
  'libs/replies/src/shape',
  'libs/batching/src/turns/turn.watch',
  'test/assistant-faults',
  'test/assistant-bookings',
  'test/strangers',
  'test/admin-at-scale',
  'test/admin-odd-input',
  'libs/batching/src/store/refused-commands',
  'test/browser/',
  'test/outage',
  'test/bot-faults',
  'test/bot-presets',
  'test/superseded-presets',
  'libs/batching/src/store/largest-settings',
  'test/gateways/long-replies',
  'test/build',
  'libs/batching/src/redis/redis-connections',
  'apps/worker/src/consumer/closing-worker',
  'test/predecessor',
  'libs/batching/src/store/scripts/migrating-slot',
  'libs/batching/src/store/scripts/lua-command',
  'test/echo-bot',
  'apps/webhook/src/whatsapp/growth',
  'test/import-cycles',
  'test/failover',
  'test/servers',
  'test/monitoring/refusals-counted',
  'test/monitoring/alerts',
  'test/tls',
];

/** Of these `npm test` plays a short form: fewer histories, bodies, replies and customers. */
const SHORTENED = [
  'libs/batching/src/state-machine',
  'libs/batching/src/turns/turn.watch',
  'libs/gateways/src/formatting',
  'libs/gateways/src/long-replies',
  'libs/gateways/src/robustness',
  'libs/replies/src/shape',
  'test/turns',
];

/** Histories of the model test, and the share of other tries and entries. */
export const SHORT_FORMS = { MODEL_RUNS: '12', SHORT_FORM: '0.1' };

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
