import type { MergedMessage } from '@app/contracts';
import { AppProcess } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { eventually } from '../support/eventually';
import { sampleOf } from '../support/gateway-samples';
import { SECRETS, signed } from '../support/gateway-signatures';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import { type Answer, send } from '../support/http';
import { RedisServer } from '../support/redis-server';
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
    expect(await outcomesOf(status('resolved', 'open'), status('pending', 'open'))).toEqual([
      ...['other-event', 'held'],
    ]);
    expect(await outcomesOf(status('open', 'pending'))).toEqual(['released']);
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
    const { CHATWOOT_WEBHOOK_SECRET: secret } = SECRETS;
    const posted = (query: string): Promise<Answer> =>
      send(`${stage.system.webhook.url}/webhook/chatwoot?secret=${query}`, {
        ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: as({}) },
      });
    expect((await posted('something-else')).status).toBe(401);
    expect((await posted(secret)).status).toBe(200);
    expect(stage.system.webhook.lines.join('\n')).not.toContain(secret);
  });

  it.each(['{', '{"event":"message_created"}'])('is 200 where it cannot be read: %s', async (body) => {
    expect((await post(stage.system.webhook.url, body)).status).toBe(200);
    expect((await stage.system.send('/admin/unreadable')).body).toMatchObject({
      items: [{ gateway: 'chatwoot' }],
    });
  });

  it('is answered 500 while Redis is away: after 503 its conversation would go to humans', async () => {
    const redis = await RedisServer.start();
    const { CHATWOOT_WEBHOOK_SECRET } = SECRETS;
    const env = { CHATWOOT_WEBHOOK_SECRET, REDIS_URL: redis.url, LOG_FORMAT: 'json' };
    const webhook = await AppProcess.start('webhook', env);
    await redis.stop();
    const answers = [await post(webhook.url, as({})), await post(webhook.url, '{')];
    await webhook.terminate();
    for (const answer of answers)
      expect(answer).toMatchObject({
        ...{ status: 500, type: 'application/problem+json' },
        body: { status: 500, title: 'Internal Server Error' },
      });
    expect(answers[0]?.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    const { CHATWOOT_WEBHOOK_SECRET } = SECRETS;
    stage = await BotStage.start({
      ...{ CHATWOOT_WEBHOOK_SECRET, TYPING_FEEDBACK: 'true', ON_HUMAN_REPLY: 'hold' },
      ...{ GATEWAY_COMPANIES: 'chatwoot:3=962302' },
      // A burst ends when the test says so, however slow the machine.
      BATCH_TIMEOUT: '60000',
    });
  });
  afterAll(() => stage.stop());

  it('takes a burst in and one reply out, with typing shown; its own reply is no human’s, whoever’s the token', async () => {
    const { url } = stage.webhook;
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: '**Есть!**' });
    stage.gateway.answer = (_, response) => sendJson(response, 200, { id: 90505 });
    const burst = [
      as({}),
      says(90506, 'ой'),
      as({}),
      as({ id: 90501 }, 'updated-edited'),
      as({}, 'updated-deleted'),
    ];
    for (const body of burst) expect((await post(url, body)).status).toBe(200);
    const flush = '/admin/batches/cw:57/flush?companyId=962302';
    expect((await stage.customers.post(flush)).status).toBe(200);

    const [call] = await stage.bot.hears(1);
    const merged = JSON.parse(call?.body ?? '') as MergedMessage;
    expect(merged).toMatchObject({
      ...{ channel: 'chatwoot', text: 'Хочу записаться на субботу', phone: '79001234567', messageCount: 1 },
    });
    const heard = await eventually(
      'two calls',
      () => Promise.resolve(stage.gateway.heard),
      ({ length }) => length >= 2,
    );
    const api = '/api/v1/accounts/3/conversations/57';
    expect(
      heard.map(({ path, headers, body }): unknown[] => [path, headers.api_access_token, JSON.parse(body)]),
    ).toEqual([
      [`${api}/toggle_typing_status`, 'chatwoot-token', { typing_status: 'on' }],
      [
        `${api}/messages`,
        'chatwoot-token',
        { content: '**Есть!**', message_type: 'outgoing', private: false },
      ],
    ]);

    const echo = await eventually(
      'its own reply to be known',
      () => post(url, as({ id: 90505 }, 'outgoing-agent')),
      (answer) => resultsOf(answer)[0]?.reason === 'via-api',
    );
    expect(resultsOf(echo)).toMatchObject([{ kind: 'echo', outcome: 'ignored' }]);
    expect(stage.bot.heard).toHaveLength(1);
    expect(stage.output).not.toContain('chatwoot-token');
  });
});
