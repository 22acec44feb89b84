import { SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';

/** The two messengers that share Meta's envelope. */
const BOTH = [
  { name: 'messenger', object: 'page', customer: 'fb:3383000000000001', page: '117000000000001' },
  { name: 'instagram', object: 'instagram', customer: 'ig:1234567890123456', page: '17841400000000000' },
] as const;

type Messenger = (typeof BOTH)[number];

/** An item of one of their posts. */
function posted({ object, customer, page }: Messenger, said: object, own = false): string {
  const anna = { id: customer.slice(3) };
  const [sender, recipient] = own ? [{ id: page }, anna] : [anna, { id: page }];
  const item = { sender, recipient, timestamp: 1763700001000, ...said };
  return JSON.stringify({ object, entry: [{ id: page, time: 1763700001250, messaging: [item] }] });
}

const says = (to: Messenger, mid: string, text: string): string => posted(to, { message: { mid, text } });

function post(url: string, { name }: Messenger, body: string, headers = signed(name, body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/${name}`, { method: 'POST', headers: all, body });
}

describe.each(BOTH)('what $name posts', (to) => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: `${to.name}:${to.page}=962302`, ON_HUMAN_REPLY: 'hold' };
    stage = await GatewayStage.start({ batcher: false, env });
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  async function outcomesOf(...bodies: string[]): Promise<unknown[]> {
    const outcomes = [];
    for (const body of bodies) {
      const answer = await post(stage.system.webhook.url, to, body);
      expect(answer.status).toBe(200);
      outcomes.push(...resultsOf(answer).map(({ outcome, reason }) => reason ?? outcome));
    }
    return outcomes;
  }

  it('is stored once; edits and deletions change what waits', async () => {
    const burst = [says(to, 'm_1', 'на четверг'), says(to, 'm_2', 'ой'), says(to, 'm_1', 'на четверг')];
    expect(await outcomesOf(...burst)).toEqual(['opened', 'extended', 'duplicate']);
    const changes = [
      posted(to, { message_edit: { mid: 'm_1', text: 'на пятницу', num_edit: 1 } }),
      posted(to, { message: { mid: 'm_2', is_deleted: true } }),
    ];
    expect(await outcomesOf(...changes)).toEqual(['edited', 'revoked']);
    expect(await stage.storedIn(`962302:${to.customer}`)).toMatchObject([
      { messageId: 'm_1', text: 'на пятницу', source: { account: to.page, chatId: to.customer.slice(3) } },
    ]);
  });

  it('by us is ignored, unless a person wrote it', async () => {
    const own = (app_id?: number): string =>
      posted(to, { message: { mid: `m_${app_id}`, is_echo: true, text: 'да', app_id } }, true);
    await outcomesOf(says(to, 'm_1', 'алло'));
    expect(await outcomesOf(own(), own(1517776481860111), own(263902037430900))).toEqual([
      ...['via-api', 'via-api', 'held'],
    ]);
  });

  it('is refused where the signature is another’s', async () => {
    const body = says(to, 'm_1', 'алло');
    const { url } = stage.system.webhook;
    for (const headers of [{}, signed('meta', body), signed(to.name, `${body} `), signed('venom', '')])
      expect((await post(url, to, body, headers)).status).toBe(401);
    expect(await stage.conversations()).toEqual([]);
  });

  it('is 200 where it cannot be read, and kept', async () => {
    for (const body of ['{', '{"object":"user","entry":[]}', `{"object":"${to.object}"}`])
      expect((await post(stage.system.webhook.url, to, body)).status).toBe(200);
    const { body } = await stage.system.send('/admin/unreadable');
    expect(body.items).toHaveLength(3);
  });

  it('is preceded by a handshake', async () => {
    const query = 'hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=';
    const ask = (token: string): Promise<Answer> => stage.system.send(`/webhook/${to.name}?${query}${token}`);
    expect(await ask(`${to.name}-verify-token`)).toMatchObject({ status: 200, text: '1158201444' });
    expect((await ask(SECRETS.META_VERIFY_TOKEN)).status).toBe(403);
  });
});
