import { AppProcess } from './support/app-process';
import { postJson } from './support/http';
import { sideBySide } from './support/side-by-side';
import { System } from './support/system';

const ENV = {
  // Long enough that a busy machine's senders are done within one silence.
  BATCH_TIMEOUT: '7000',
  BATCH_MAX_WAIT: '600000',
  MAX_BATCH_SIZE: '1000',
};
const EACH = 30;

/** How a WAHA session shows one customer: by the LID, by the phone, or by both at once. */
type Shown = 'lid' | 'phone' | 'both';

/** The last digits are those of both ids. */
interface Customer {
  phone: string;
  lid: string;
}

let customers = 0;

function nextCustomer(): Customer {
  customers += 1;
  return { phone: `7900123456${customers}`, lid: `24175839012664${customers}` };
}

function message({ phone, lid }: Customer, id: string, shown: Shown): object {
  const from = shown === 'phone' ? `${phone}@c.us` : `${lid}@lid`;
  const payload = { id: `false_${from}_${id}`, timestamp: 1763700001, from, fromMe: false, body: id };
  const alt = { key: { remoteJid: from, remoteJidAlt: `${phone}@s.whatsapp.net`, id, fromMe: false } };
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
  afterAll(async () => {
    await second.terminate();
    await system.stop();
  });

  async function posts(customer: Customer, app: { url: string }, id: string, shown: Shown): Promise<void> {
    expect((await postJson(`${app.url}/webhook/waha`, message(customer, id, shown))).status).toBe(200);
  }

  /** Two processes, each one message after the other, under both ids at once. */
  async function writeAtOnce(customer: Customer): Promise<string[]> {
    const ids: string[] = [];
    const write = async (app: { url: string }, name: string, shown: Shown): Promise<void> => {
      for (let i = 0; i < EACH; i += 1) {
        const id = `${name}${i} of ${customer.phone}`;
        ids.push(id);
        await posts(customer, app, id, i === EACH / 2 ? 'both' : shown);
      }
    };
    await Promise.all([write(system.webhook, 'L', 'lid'), write(second, 'P', 'phone')]);
    return ids;
  }

  async function isOneBatch(first: Shown): Promise<void> {
    const customer = nextCustomer();
    const id = `the first of ${customer.phone}`;
    await posts(customer, system.webhook, id, first);
    const ids = [id, ...(await writeAtOnce(customer))];
    const [job] = await system.jobsOf(`default:${customer.phone}`, 1);
    expect(job?.data.messages.map(({ messageId }) => messageId).sort()).toEqual(ids.sort());
    expect(job?.data.phone).toBe(customer.phone);
  }

  sideBySide({
    'is one conversation and one batch: the LID first': () => isOneBatch('lid'),
    'is one conversation and one batch: the phone first': () => isOneBatch('phone'),

    'keeps the order of arrival, and answers with the conversation that it went to': async () => {
      const customer = nextCustomer();
      await posts(customer, system.webhook, 'one', 'lid');
      await posts(customer, second, 'two', 'phone');
      await posts(customer, system.webhook, 'three', 'lid');
      await posts(customer, second, 'four', 'both');
      const answer = await postJson(`${second.url}/webhook/waha`, message(customer, 'five', 'lid'));
      const conversationId = `default:${customer.phone}`;
      expect(answer.body.results).toMatchObject([{ outcome: 'extended', conversationId }]);
      const [job] = await system.jobsOf(conversationId, 1);
      expect(job?.data.text).toBe('one two three four five');
    },
  });

  it('loses nothing, and leaves nothing in a second conversation', async () => {
    await system.nothingPending();
    expect(await system.allJobs()).toHaveLength(3);
    const { totals, balance } = (await system.send('/webhook/whatsapp/batched/stats')).body;
    const written = 2 * (1 + 2 * EACH) + 5;
    expect(totals).toMatchObject({ accepted: written, delivered: written });
    expect(balance).toBe(0);
  });
});
