import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { buildAssistant } from '../scripts/setup/assistant.mjs';
import { bench, target } from './method/bench.mjs';
import { shownSpread } from './method/figures.mjs';
import { Bodies, phoneOf } from './method/messages.mjs';
import { Model } from './method/model.mjs';
import { isAsIs, sized } from './method/options.mjs';
import { Rounds } from './method/rounds.mjs';
import { WEBHOOK_HEADERS } from './method/stage.mjs';

const SIZE = sized({ rounds: 20 }, { rounds: 2 });
/** How long the model has been thinking when the next fragment comes: everything else is quiet then. */
const THINKS_MS = 300;

await bench({
  name: 'superseded-call',
  title: 'A superseded call is left: from the late fragment to the model’s server',
  method: [
    `${SIZE.rounds} conversations after one of warm-up, one at a time: a message, and ${THINKS_MS} ms after the model was asked, the next. Webhook, batcher, worker`,
    'and assistant are processes of their own; the model’s server is in this one, and never answers the first call. Counted from when the',
    'second message is sent: until the webhook has answered, until Redis says that the draft is superseded, and until the connection of the first call is closed at',
    'the model’s server.',
  ],
  async run(stage) {
    if (!isAsIs) await buildAssistant();
    const model = await Model.start();
    const redis = await stage.redis();
    const env = environment(model.url);
    const assistant = await stage.app('assistant', redis, env);
    const [webhook] = await Promise.all([
      stage.app('webhook', redis, env),
      stage.app('batcher', redis, env),
      stage.app('worker', redis, { ...env, BOT_URL: `${assistant.url}/` }),
    ]);
    const superseded = await supersededIn(stage.batching(redis, env), redis);
    const bodies = new Bodies(1);

    const send = async (/** @type {string} */ phone) => {
      const init = { method: 'POST', headers: WEBHOOK_HEADERS, body: bodies.of(phone) };
      const response = await fetch(`${webhook.url}/webhook/whatsapp/batched`, init);
      if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
      await response.text();
      return performance.now();
    };
    const measure = async (/** @type {number} */ i) => {
      const asked = model.nextCall();
      await send(phoneOf(i));
      const call = await asked;
      await pause(THINKS_MS);
      // The call that supersedes it is answered at once.
      model.nextCall().then(({ answer }) => answer());
      const said = superseded.next();
      const at = performance.now();
      const [answeredAt, saidAt, leftAt] = await Promise.all([send(phoneOf(i)), said, call.left]);
      return { answered: answeredAt - at, said: saidAt - at, left: leftAt - at };
    };
    await measure(0);
    const rounds = new Rounds();
    for (let i = 1; i <= SIZE.rounds; i += 1) rounds.add(await measure(i));
    superseded.stop();
    model.stop();
    const rows = [
      ['the webhook has answered', shownSpread(rounds.of('answered'))],
      ['Redis has said that the draft is superseded', shownSpread(rounds.of('said'))],
      ['the model’s call is closed', shownSpread(rounds.of('left'))],
    ];
    return {
      tables: [{ columns: ['until', 'ms'], rows }],
      targets: [
        target(
          'a superseded call is closed at the model’s server, the slowest, ms',
          rounds.of('left').max,
          '≤',
          200,
        ),
      ],
    };
  },
});

/** Calls begin before the silence is over, so what they work on is a draft. */
function environment(/** @type {string} */ modelUrl) {
  return {
    AI_URL: `${modelUrl}/v1`,
    AI_MODEL: 'stand-in',
    BOT_ALLOW_PRIVATE: 'true',
    BOT_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    BUSY_POLICY: 'supersede',
    BATCH_TIMEOUT: '3000',
    PREEMPTIVE_START: '100',
  };
}

/**
 * Hears, as workers do, which drafts are superseded.
 *
 * @param {import('./method/batching.mjs').Batching} batching
 * @param {import('./method/redis-process.mjs').RedisProcess} redis
 */
async function supersededIn({ store }, { client }) {
  const subscriber = client.duplicate();
  await subscriber.subscribe(
    ...store.partitions.all.map((/** @type {{ superseded: string }} */ { superseded }) => superseded),
  );
  return {
    next: () => once(subscriber, 'message').then(() => performance.now()),
    stop: () => subscriber.disconnect(),
  };
}
