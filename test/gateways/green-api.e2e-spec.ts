import { sampleOf } from '../support/gateway-samples';
import { signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';

const PHONE = '79001234567';
const INSTANCE = '1101000001';
const bodyOf = (file: string): string => sampleOf(`green-api/${file}.json`).bytes.toString();

/** A message in words, with an id of its own. */
function says(idMessage: string, textMessage: string, typeWebhook = 'incomingMessageReceived'): string {
  const messageData = { typeMessage: 'textMessage', textMessageData: { textMessage } };
  return JSON.stringify({ ...parsed('quoted-reply'), typeWebhook, idMessage, messageData });
}

const parsed = (file: string): Record<string, unknown> => JSON.parse(bodyOf(file)) as Record<string, unknown>;
/** A sample's change of another message. */
const changes = (file: string, target: string): string =>
  bodyOf(file).replaceAll('3A9EAD8EDB7A9D438001', target);

function post(url: string, body: string, headers = signed('green-api', body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/green-api`, { method: 'POST', headers: all, body });
}

describe('what Green API posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: `green-api:${INSTANCE}=962302`, ON_HUMAN_REPLY: 'hold' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function outcomesOf(...bodies: string[]): Promise<unknown[]> {
    const outcomes = [];
    for (const body of bodies) {
      const answer = await post(stage.system.webhook.url, body);
      expect(answer.status).toBe(200);
      const [result] = resultsOf(answer);
      outcomes.push(result?.reason ?? result?.outcome);
    }
    return outcomes;
  }

  it('is stored once, for the company of the instance; an edit and a deletion change what waits', async () => {
    const bodies = [says('m-1', 'на четверг'), says('m-2', 'ой'), says('m-1', 'на четверг')];
    expect(await outcomesOf(...bodies)).toEqual(['opened', 'extended', 'duplicate']);
    const changed = [changes('edited-text', 'm-1'), changes('deleted-incoming', 'm-2')];
    expect(await outcomesOf(...changed)).toEqual(['edited', 'revoked']);
    expect(await stage.storedIn(`962302:${PHONE}`)).toMatchObject([
      { messageId: 'm-1', text: 'на пятницу, в 18:00', source: { account: INSTANCE } },
    ]);
  });

  it('has ids that count in one chat alone', async () => {
    const body = bodyOf('telegram-user-text');
    expect(await outcomesOf(body, body.replaceAll('10000077', '10000078'))).toEqual(['opened', 'opened']);
  });

  it('by a call is ours, and by a colleague on the phone holds the conversation', async () => {
    const own = says('m-3', 'Есть!', 'outgoingAPIMessageReceived');
    expect(await outcomesOf(says('m-1', 'да'), own, bodyOf('outgoing-phone'))).toEqual([
      ...['opened', 'via-api', 'held'],
    ]);
  });

  it.each(['{', '{"typeWebhook":"incomingMessageReceived"}', '7'])(
    'is 200 where it cannot be read, or its instance would stand still: %s',
    async (body) => {
      expect((await post(stage.system.webhook.url, body)).status).toBe(200);
      expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
        items: [{ gateway: 'green-api' }],
      });
    },
  );

  it('does not stop for one full conversation: what it refuses is kept for an operator', async () => {
    const full = Array.from({ length: 6 }, (_, i) => says(`m-${i}`, String(i)));
    expect((await outcomesOf(...full)).at(-1)).toBe('over-cap');
    expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
      items: [{ gateway: 'green-api', reasons: ['over-cap'], body: { idMessage: 'm-5' } }],
    });
    expect(await outcomesOf(bodyOf('telegram-user-text'))).toEqual(['opened']);
  });

  it('does not stop for one conversation that is set aside', async () => {
    expect(await outcomesOf(says('m-1', 'да'))).toEqual(['opened']);
    await stage.system.redis.set(`rapid-fire-state:962302:${PHONE}`, 'of another program');
    expect(await outcomesOf(says('m-2', 'да'))).toEqual(['set-aside']);
  });
});
