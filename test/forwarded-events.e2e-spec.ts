import { BOT_SECRET, BotStage } from './support/bot-stage';
import { eventually } from './support/eventually';
import { postJson } from './support/http';
import type { Heard } from './support/stand-in';
import { isSignedWith } from './support/standard-webhook';

const CHAT = '79001234567@c.us';
const TARGET = 'AC2AB3184AC4AEB3E0527911B838398F';

const payload = (id: string, fields: object): object => ({
  ...{ id: `false_${CHAT}_${id}`, timestamp: 1763700001, from: CHAT, fromMe: false },
  ...fields,
});
const waha = (event: string, fields: object, id = TARGET): object => ({
  ...{ event, session: 'default' },
  payload: payload(id, fields),
});
const MESSAGE = waha('message', { body: 'в 18:00' });
const EDIT = waha('message.edited', { body: 'в 19:00', editedMessageId: TARGET }, 'AN-EDIT');
const REACTION = waha(
  'message.reaction',
  { reaction: { text: '👍', messageId: `false_${CHAT}_${TARGET}` } },
  'R',
);

const READ = {
  ...{ event: 'message.ack', session: 'default' },
  payload: { id: `true_${CHAT}_OURS`, from: CHAT, to: CHAT, fromMe: true, ack: 3, ackName: 'READ' },
};

/** The one call about an event of this kind. */
function eventOf(heard: readonly Heard[], kind: string): { call: Heard; event: { eventId: string } } {
  const calls = heard.map((call) => ({
    call,
    event: JSON.parse(call.body) as { kind?: string; eventId: string },
  }));
  const [found, ...more] = calls.filter(({ event }) => event.kind === kind);
  if (!found || more.length > 0) throw new Error(`not one ${kind}, but ${JSON.stringify(heard)}`);
  return found;
}

describe('what happens to a message that the bot has', () => {
  let stage: BotStage;

  afterEach(() => stage.stop());

  async function post(body: object): Promise<unknown> {
    return (await postJson(`${stage.webhook.url}/webhook/waha`, body)).body.results;
  }

  async function untilHandedOff(): Promise<void> {
    await post(MESSAGE);
    await stage.bot.hears(1);
    await eventually(
      'the end of its turn',
      async () => (await stage.customers.get('/webhook/whatsapp/batched/stats')).body,
      ({ pending, claimed, turns }) => pending === 0 && claimed === 0 && turns === 0,
    );
  }

  it('is told to a bot that asks for it, signed and once, and holds nothing up', async () => {
    stage = await BotStage.start({ FORWARD_EVENTS: 'edit,reaction,status' }, { inOneProcess: true });
    await untilHandedOff();
    const forwarded = [{ outcome: 'forwarded', conversationId: 'default:79001234567' }];
    expect(await post(EDIT)).toMatchObject(forwarded);
    expect(await post(EDIT)).toMatchObject(forwarded);
    expect(await post(REACTION)).toMatchObject(forwarded);
    expect(await post(READ)).toMatchObject(forwarded);
    const heard = await stage.bot.hears(4);
    const { call: edit, event } = eventOf(heard, 'edit');

    expect(event).toMatchObject({
      ...{ version: 1, kind: 'edit', targetId: TARGET, text: 'в 19:00', phone: '79001234567' },
      source: { gateway: 'waha', account: 'default', chatId: CHAT },
    });
    expect(edit.headers['webhook-id']).toBe(event.eventId);
    expect(isSignedWith(BOT_SECRET, edit)).toBe(true);
    expect(eventOf(heard, 'reaction').event).toMatchObject({
      kind: 'reaction',
      targetId: TARGET,
      text: '👍',
    });
    expect(eventOf(heard, 'status').event).toMatchObject({ kind: 'status', targetId: 'OURS', text: 'read' });
    await eventually(
      'nothing left on the queue',
      () => stage.queue.getJobCounts('wait', 'active', 'delayed', 'failed', 'completed'),
      ({ completed, ...left }) => completed === 4 && Object.values(left).every((count) => count === 0),
    );
    expect(stage.bot.heard).toHaveLength(4);
  });

  it('is not sent if it is not asked for', async () => {
    stage = await BotStage.start({}, { inOneProcess: true });
    await untilHandedOff();
    expect(await post(EDIT)).toMatchObject([{ outcome: 'ignored', reason: 'after-hand-off' }]);
    expect(await post(REACTION)).toMatchObject([{ outcome: 'ignored', reason: 'not-acted-on' }]);
    expect(stage.bot.heard).toHaveLength(1);
  });
});
