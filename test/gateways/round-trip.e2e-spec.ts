import type { MergedMessage } from '@app/contracts';
import { GATEWAY_NAMES } from '@app/gateways';
import { BotStage } from '../support/bot-stage';
import { contentTypeOf, writtenBy } from '../support/gateway-samples';
import { PUBLIC_URL, SECRETS, signed } from '../support/gateway-signatures';
import { send } from '../support/http';
import { sendJson } from '../support/stand-in';
import { callIn, ROUND_TRIPS } from './round-trips/all';
import { REPLY, type RoundTrip } from './round-trips/round-trip';

it('every gateway has its round trip', () => {
  expect(ROUND_TRIPS.map(({ gateway }) => gateway).sort()).toEqual([...GATEWAY_NAMES]);
});

describe('a round trip', () => {
  let stage: BotStage;

  beforeAll(async () => {
    stage = await BotStage.start(
      (api) => ({
        ...{ ...SECRETS, PUBLIC_URL, TYPING_FEEDBACK: 'true', ON_HUMAN_REPLY: 'hold' },
        // A burst ends when the test says so, however slow the machine.
        BATCH_TIMEOUT: '60000',
        ...ROUND_TRIPS.reduce<Record<string, string>>((all, { env }) => ({ ...all, ...env(api) }), {}),
      }),
      { inOneProcess: true },
    );
  });
  afterAll(() => stage.stop());

  async function bring({ gateway }: RoundTrip, ...payloads: (object | undefined)[]): Promise<void> {
    const path = `/webhook/${gateway}`;
    for (const payload of payloads.filter((each) => each !== undefined)) {
      const body = writtenBy(gateway, payload);
      const headers = { 'content-type': contentTypeOf(gateway), ...signed(gateway, body, path) };
      const answer = await send(stage.webhook.url + path, { method: 'POST', headers, body });
      expect(answer.status).toBe(200);
    }
  }

  const isHeld = async (conversationId: string): Promise<boolean> => {
    const { items } = (await stage.customers.get('/admin/steered')).body as {
      items: { conversationId: string; order: string }[];
    };
    return items.some((each) => each.conversationId === conversationId && each.order === 'hold');
  };

  it.each(ROUND_TRIPS.map((trip) => [trip.gateway, trip] as const))(
    '%s: a burst in, one reply out by its own call, typing shown before; what is edited, taken back or sent again counts once, and our own words not at all',
    async (_, trip) => {
      const { bot, gateway, client } = stage;
      const { customer, account, edits, takesBack, ours, colleague, showsTyping, sends } = trip;
      bot.heard.length = 0;
      gateway.heard.length = 0;
      gateway.answer = (__, response) => sendJson(response, 200, trip.sent);
      // The bot takes as long as the gateway takes to show that it types.
      bot.answer = (__, response) => {
        const answer = (): void => sendJson(response, 200, { reply: REPLY });
        gateway.hears(showsTyping ? 1 : 0).then(answer, () => response.destroy());
      };
      const conversationId = account === null ? customer : `${account}:${customer}`;

      await bring(trip, trip.says(1, 'на четверг'), trip.says(2, 'ой'), trip.says(1, 'на четверг'));
      await bring(trip, edits?.(1, 'на пятницу'), takesBack?.(2));
      const query = account === null ? '' : `?companyId=${account}`;
      const flush = `/admin/batches/${encodeURIComponent(customer)}/flush${query}`;
      expect((await stage.customers.post(flush)).status).toBe(200);

      const [asked] = await bot.hears(1);
      const texts = [edits ? 'на пятницу' : 'на четверг', ...(takesBack ? [] : ['ой'])];
      expect(JSON.parse(asked?.body ?? '') as MergedMessage).toMatchObject({
        ...{ conversationId, channel: trip.channel, text: texts.join(' '), messageCount: texts.length },
      });
      const calls = showsTyping ? [showsTyping, sends] : [sends];
      expect((await gateway.hears(calls.length)).map(callIn)).toEqual(calls);

      await bring(trip, ours ?? undefined);
      expect(await client.llen(`rapid-fire:${conversationId}`)).toBe(0);
      expect(await isHeld(conversationId)).toBe(false);
      await bring(trip, colleague ?? undefined);
      expect(await isHeld(conversationId)).toBe(colleague !== null);
      expect([bot.heard.length, gateway.heard.length]).toEqual([1, calls.length]);
      expect(stage.output).not.toContain(trip.token);
    },
  );
});
