import { bench, target } from './method/bench.mjs';
import { percentilesOf, shownSpread } from './method/figures.mjs';
import { JobTimes } from './method/job-times.mjs';
import { paced, Sender } from './method/load.mjs';
import { Bodies, COMPANY, phoneOf } from './method/messages.mjs';
import { sized } from './method/options.mjs';
import { interleaved } from './method/rounds.mjs';
import { WEBHOOK_HEADERS } from './method/stage.mjs';

const PATH = '/webhook/whatsapp/batched';
const QUIET_MS = sized(1_000, 200);
const CALM = sized(1_000, 100);
const HOT_PHONE = phoneOf(9_999_999);
const SIZE = sized({ rounds: 9, calmPerS: 250, hotPerS: 1_000 }, { rounds: 1, calmPerS: 100, hotPerS: 100 });
const ENV = { BATCH_TIMEOUT: String(QUIET_MS), MAX_PENDING_PER_CONVERSATION: '100000' };
const DURATION_S = CALM / SIZE.calmPerS;

await bench({
  name: 'hot-conversation',
  title: 'A hot conversation beside calm ones',
  method: [
    `${SIZE.rounds} rounds for each side, in turn, after one of warm-up. Calm: ${CALM.toLocaleString('en-GB')} conversations of one message, ${SIZE.calmPerS.toLocaleString('en-GB')} a second at an even pace.`,
    `Hot: one phone, ${SIZE.hotPerS.toLocaleString('en-GB')} messages a second beside them. Spread: as many messages beside them, each of another phone, for what`,
    'the machine alone makes of such load. All over HTTP; the time of an answer counts from when its request was due to be sent.',
    `Lag: due (last message + ${QUIET_MS} ms) → job on the queue, calm conversations only. One webhook, one batcher.`,
  ],
  async run(stage) {
    const redis = await stage.redis();
    const webhook = await stage.app('webhook', redis, ENV);
    await stage.app('batcher', redis, ENV);
    const jobs = new JobTimes(redis);
    await jobs.keepAll();
    const sender = new Sender(webhook.url, 64, WEBHOOK_HEADERS);
    const others = new Sender(webhook.url, 64, WEBHOOK_HEADERS);
    const bodies = new Bodies(1);
    let phones = 0;
    const nextPhone = () => phoneOf((phones += 1));

    const measure = async (/** @type {(() => string) | null} */ besidePhone) => {
      /** @type {Map<string, number>} */
      const due = new Map();
      const beside = besidePhone
        ? paced(SIZE.hotPerS, DURATION_S, () => others.post(PATH, bodies.of(besidePhone())))
        : null;
      const { p50, p99 } = await paced(SIZE.calmPerS, DURATION_S, async () => {
        const phone = nextPhone();
        const { dueAt } = await sender.post(PATH, bodies.of(phone));
        due.set(`${COMPANY}:${phone}`, dueAt);
      });
      await beside;
      const added = await jobs.ofAll(due.keys());
      const lags = percentilesOf([...due].map(([conversation, ms]) => (added.get(conversation) ?? NaN) - ms));
      return { p50, p99, lagP50: lags.p50, lagP99: lags.p99 };
    };

    const sides = {
      'calm alone': () => measure(null),
      'calm beside hot': () => measure(() => HOT_PHONE),
      'calm beside spread': () => measure(nextPhone),
    };
    await interleaved(1, sides);
    const measured = await interleaved(SIZE.rounds, sides);
    await Promise.all([sender.close(), others.close()]);
    const alone = measured['calm alone'];
    const rows = Object.entries(measured).map(([name, rounds]) => [
      name,
      ...['p50', 'p99', 'lagP50', 'lagP99'].map((figure) => shownSpread(rounds.of(figure))),
      shownSpread(rounds.ratio('p99', alone)),
      shownSpread(rounds.ratio('lagP99', alone)),
    ]);
    const hot = measured['calm beside hot'];
    return {
      tables: [
        {
          columns: [
            'side',
            'answer p50, ms',
            'p99, ms',
            'lag p50, ms',
            'p99, ms',
            'answer p99 ÷ alone',
            'lag p99 ÷ alone',
          ],
          rows,
        },
      ],
      targets: [
        target(
          'calm conversations’ answers, p99, beside a hot one ÷ alone',
          hot.ratio('p99', alone).median,
          '≤',
          1.5,
        ),
        target(
          'calm conversations’ lag, p99, beside a hot one ÷ alone',
          hot.ratio('lagP99', alone).median,
          '≤',
          1.5,
        ),
      ],
    };
  },
});
