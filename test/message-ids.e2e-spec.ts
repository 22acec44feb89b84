import { resultsOf } from './support/gateway-stage';
import { System } from './support/system';

const BATCHED = '/webhook/whatsapp/batched';
const ANNA = '79001234567';
const BORIS = '5511900000002';

describe('the ids of forwarders', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({ batcher: false, env: { BATCH_TIMEOUT: '60000' } });
  });
  beforeEach(() => system.redis.flushdb());
  afterAll(() => system.stop());

  const outcomes = async (path: string, bodies: readonly object[]): Promise<string[]> => {
    const answers = [];
    for (const body of bodies) answers.push(...resultsOf(await system.post(path, body)));
    return answers.map(({ outcome }) => outcome);
  };
  const from = (phone: string, id: unknown): object => ({ from: phone, body: 'a', id });

  describe.each([BATCHED, '/webhook/whatsapp', '/webhook/venom'])('%s', (path) => {
    it.each(['', ' ', 'null', 'undefined', '{{id}}', { _serialized: '' }, `false_${ANNA}@c.us_undefined`, 0])(
      'takes %j for no id: no message is lost as a duplicate',
      async (id) => {
        const messages = [from(ANNA, id), from(BORIS, id), from(ANNA, id)];
        expect(await outcomes(path, messages)).not.toContain('duplicate');
        expect(await outcomes(path, [{ messages }])).not.toContain('duplicate');
        expect(await system.redis.llen(`rapid-fire:${ANNA}`)).toBe(4);
        expect(await system.redis.llen(`rapid-fire:${BORIS}`)).toBe(2);
      },
    );

    it('takes a whole number for an id', async () => {
      const messages = [from(ANNA, 5512345), from(ANNA, 5512345), from(ANNA, '5512345')];
      expect((await outcomes(path, messages)).slice(1)).toEqual(['duplicate', 'duplicate']);
    });

    it('compares an id that may be counted per chat with those of its own chat', async () => {
      const messages = [from(ANNA, '250'), from(BORIS, '250')];
      expect(await outcomes(path, messages)).not.toContain('duplicate');
      expect(await outcomes(path, messages)).toEqual(['duplicate', 'duplicate']);
    });

    it('knows a message of WhatsApp’s under LID and phone', async () => {
      const spelt = (chat: string): object => from(chat, `false_${chat}_3EB0A1B2C3D4E5F60718`);
      const [, second] = await outcomes(path, [spelt('241758390126644@lid'), spelt(`${ANNA}@c.us`)]);
      expect(second).toBe('duplicate');
    });
  });

  it.each(['नमस्ते ', '𞤀', '"'])('takes a text as long as WhatsApp does, of %j', async (word) => {
    const message = Array.from(word.repeat(65_536)).slice(0, 65_536).join('');
    const answer = await system.post(BATCHED, { phone: ANNA, message, messageId: 'long' });
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'opened' } });
    const stored = JSON.parse((await system.redis.lindex(`rapid-fire:${ANNA}`, 0)) ?? '') as object;
    expect(stored).toMatchObject({ text: message, message });
  });
});
