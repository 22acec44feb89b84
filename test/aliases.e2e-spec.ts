import { AppProcess } from './support/app-process';
import { postJson } from './support/http';
import { System } from './support/system';

const PHONE = '79001234567';
const LID = '241758390126644';
const ENV = {
  // Long enough that a busy machine's senders are done within one silence.
  BATCH_TIMEOUT: '7000',
  BATCH_MAX_WAIT: '60000',
  MAX_BATCH_SIZE: '1000',
};
const EACH = 60;

/** How a WAHA session shows one customer: by the LID, by the phone, or by both at once. */
type Shown = 'lid' | 'phone' | 'both';

function message(id: string, shown: Shown): object {
  const from = shown === 'phone' ? `${PHONE}@c.us` : `${LID}@lid`;
  const payload = { id: `false_${from}_${id}`, timestamp: 1763700001, from, fromMe: false, body: id };
  const alt = { key: { remoteJid: from, remoteJidAlt: `${PHONE}@s.whatsapp.net`, id, fromMe: false } };
  return {
    event: 'message',
    session: 'default',
    payload: { ...payload, ...(shown === 'both' && { _data: alt }) },
  };
}

describe('one customer under two ids', () => {
  let system: System;
  let second: AppProcess;

  beforeAll(async () => {
    system = await System.start({ env: ENV });
    second = await AppProcess.start('webhook', { ...ENV, REDIS_URL: system.server.url });
  });
  beforeEach(() => system.redis.flushdb());
  afterAll(async () => {
    await second.terminate();
    await system.stop();
  });

  async function posts(app: { url: string }, id: string, shown: Shown): Promise<void> {
    expect((await postJson(`${app.url}/webhook/waha`, message(id, shown))).status).toBe(200);
  }

  /** Two processes, each one message after the other, under both ids at once. */
  async function writeAtOnce(): Promise<string[]> {
    const ids: string[] = [];
    const write = async (app: { url: string }, name: string, shown: Shown): Promise<void> => {
      for (let i = 0; i < EACH; i += 1) {
        ids.push(`${name}${i}`);
        await posts(app, `${name}${i}`, i === EACH / 2 ? 'both' : shown);
      }
    };
    await Promise.all([write(system.webhook, 'L', 'lid'), write(second, 'P', 'phone')]);
    return ids;
  }

  it.each<[string, Shown]>([
    ['the LID first', 'lid'],
    ['the phone first', 'phone'],
  ])('is one conversation and one batch, with nothing lost: %s', async (_, first) => {
    await posts(system.webhook, 'first', first);
    const ids = ['first', ...(await writeAtOnce())];
    const [job] = await system.jobsOf(`default:${PHONE}`, 1);
    await system.nothingPending();
    expect(await system.allJobs()).toHaveLength(1);
    expect(job?.data.messages.map(({ messageId }) => messageId).sort()).toEqual(ids.sort());
    expect(job?.data.phone).toBe(PHONE);
    const { totals, balance } = (await system.send('/webhook/whatsapp/batched/stats')).body;
    expect(totals).toMatchObject({ accepted: ids.length, delivered: ids.length });
    expect(balance).toBe(0);
  });

  it('keeps the order of arrival, and answers with the conversation that it went to', async () => {
    await posts(system.webhook, 'one', 'lid');
    await posts(second, 'two', 'phone');
    await posts(system.webhook, 'three', 'lid');
    await posts(second, 'four', 'both');
    const answer = await postJson(`${second.url}/webhook/waha`, message('five', 'lid'));
    expect(answer.body.results).toMatchObject([{ outcome: 'extended', conversationId: `default:${PHONE}` }]);
    const [job] = await system.jobsOf(`default:${PHONE}`, 1);
    expect(job?.data.text).toBe('one two three four five');
  });
});
