import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { secretOf, signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { sendJson } from '../support/stand-in';

const HOME = '962302:cw:57';
const parsed = (file: string): Record<string, unknown> =>
  JSON.parse(sampleOf(`chatwoot/${file}.json`).bytes.toString()) as Record<string, unknown>;
/** A sample about another message, or with other words. */
const as = (changed: object, file = 'incoming-after-greeting'): string =>
  JSON.stringify({ ...parsed(file), ...changed });
const says = (id: number, content: string): string => as({ id, content });
const status = (before: string, after: string): string =>
  as(
    {
      status: after,
      changed_attributes: [{ status: { previous_value: before, current_value: after } }],
    },
    'conversation-status-changed',
  );

function post(url: string, body: string, headers = signed('chatwoot', body)): Promise<Answer> {
  const all = { 'content-type': 'application/json', ...headers };
  return send(`${url}/webhook/chatwoot`, { method: 'POST', headers: all, body });
}

describe('what Chatwoot posts', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    const env = { GATEWAY_COMPANIES: 'chatwoot:3=962302', ON_HUMAN_REPLY: 'hold' };
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

  /** How much longer the conversation is held. */
  async function heldForMs(): Promise<number> {
    const { items } = (await stage.system.send('/admin/steered')).body as { items: { until: number }[] };
    return items[0] === undefined ? 0 : items[0].until - Date.now();
  }

  it('is stored once, though the account and the bot both tell of it; edits and deletions change what waits', async () => {
    const copies = [as({}), as({}, 'incoming-agent-bot-copy')];
    expect(await outcomesOf(...copies)).toEqual(['opened', 'duplicate']);
    const edited = as({ id: 90501 }, 'updated-edited');
    const deleted = as({}, 'updated-deleted');
    expect(await outcomesOf(says(90506, 'ой'), edited, deleted)).toEqual(['extended', 'edited', 'revoked']);
    expect(await stage.storedIn(HOME)).toMatchObject([
      {
        messageId: '90501',
        text: 'Хочу записаться на субботу',
        source: { account: '3', chatId: '57_Whatsapp' },
      },
    ]);
  });

  it('holds the conversation once a colleague answers, and for no note, greeting, rule or bot', async () => {
    const others = ['private-note', 'template-greeting', 'outgoing-own-bot', 'typing-on-agent'];
    expect(await outcomesOf(as({}), ...others.map((file) => as({}, file)))).toEqual([
      ...['opened', 'note', 'via-api', 'via-api', 'other-event'],
    ]);
    expect(await outcomesOf(as({}, 'outgoing-agent'))).toEqual(['held']);
  });

  it('holds it once humans take it over, and lets it go once they are done', async () => {
    const changes = [status('pending', 'open'), status('open', 'resolved'), status('open', 'resolved')];
    expect(await outcomesOf(as({}), ...changes)).toEqual(['opened', 'held', 'released', 'not-held']);
    expect(await heldForMs()).toBe(0);
    expect(await outcomesOf(status('resolved', 'open'), status('pending', 'open'))).toEqual([
      ...['other-event', 'held'],
    ]);
    expect(await outcomesOf(status('open', 'pending'))).toEqual(['released']);
  });

  it('holds it until they are done, however short a hold an answer means', async () => {
    const HOUR_MS = 3_600_000;
    expect(await outcomesOf(as({}, 'outgoing-agent'))).toEqual(['held']);
    expect(await heldForMs()).toBeLessThan(HOUR_MS);
    expect(await outcomesOf(status('pending', 'open'), as({ id: 90510 }, 'outgoing-agent'))).toEqual([
      ...['held', 'held'],
    ]);
    expect(await heldForMs()).toBeGreaterThan(23 * HOUR_MS);
  });

  it('waits for a customer who types', async () => {
    const off = { event: 'conversation_typing_off' };
    expect(await outcomesOf(as({}), as({}, 'typing-on-contact'), as(off, 'typing-on-contact'))).toEqual([
      ...['opened', 'extended', 'ended'],
    ]);
  });

  it('without its signature, or with a tampered one, is refused', async () => {
    const { url } = stage.system.webhook;
    const body = as({});
    for (const headers of [{}, signed('venom', body), signed('chatwoot', `${body} `)])
      expect((await post(url, body, headers)).status).toBe(401);
    expect(await stage.conversations()).toEqual([]);
  });

  it('of an older Chatwoot proves itself by the address, which no log shows', async () => {
    const secret = secretOf('chatwoot');
    const posted = (query: string): Promise<Answer> =>
      send(`${stage.system.webhook.url}/webhook/chatwoot?secret=${query}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: as({}) },
      });
    expect((await posted('something-else')).status).toBe(401);
    expect((await posted(secret)).status).toBe(200);
    expect(stage.system.webhook.lines.join('\n')).not.toContain(secret);
  });
});

it('a reply with an agent’s token comes back under the agent’s name, and is no human’s', async () => {
  const stage = await BotStage.start(
    {
      ...{ CHATWOOT_WEBHOOK_SECRET: secretOf('chatwoot'), ON_HUMAN_REPLY: 'hold', BATCH_TIMEOUT: '60000' },
    },
    { inOneProcess: true },
  );
  try {
    const { url } = stage.webhook;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: '**Есть!**' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, { id: 90505 });
    expect((await post(url, as({}))).status).toBe(200);
    expect((await stage.customers.post('/admin/batches/cw:57/flush?companyId=3')).status).toBe(200);
    const [sent] = await stage.gateway.hears(1);
    expect(JSON.parse(sent?.body ?? '')).toMatchObject({ content: '**Есть!**' });
    const echo = await eventually(
      'its own reply to be known',
      () => post(url, as({ id: 90505 }, 'outgoing-agent')),
      (answer) => resultsOf(answer)[0]?.reason === 'via-api',
    );
    expect(resultsOf(echo)).toMatchObject([{ kind: 'echo', outcome: 'ignored' }]);
    expect(stage.bot.heard).toHaveLength(1);
  } finally {
    await stage.stop();
  }
});
