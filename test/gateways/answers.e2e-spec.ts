import { sampleOf } from '../support/gateway-samples';
import { GatewayStage, resultsOf } from '../support/gateway-stage';
import type { Answer } from '../support/http';

const text = (id: string, body: string): object => ({ from: '79001234567@c.us', id, body });

describe('answers to gateways', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  it.each([
    ['meta', 'meta-cloud/text.json', 962302],
    ['waha', 'waha/message-text.json', 'salon'],
  ])('the company is the one configured for an account of %s', async (gateway, file, company) => {
    const [result] = resultsOf(await stage.postSigned(gateway, sampleOf(file).bytes));
    expect(result?.conversationId).toBe(`${company}:79001234567`);
    expect(await stage.storedIn(`${company}:79001234567`)).toMatchObject([{ companyId: company }]);
  });

  it('a message that is too large does not hold up those behind it', async () => {
    const messages = [text('m-1', 'x'.repeat(600_000)), text('m-2', 'да')];
    const answer = await stage.postSigned('venom', JSON.stringify({ messages }));
    expect(resultsOf(answer)).toMatchObject([
      { outcome: 'ignored', reason: 'too-large' },
      { outcome: 'opened' },
    ]);
    expect(await stage.storedIn('79001234567')).toMatchObject([{ messageId: 'm-2' }]);
  });

  it('a full conversation is a 429', async () => {
    const messages = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6'].map((id) => text(id, id));
    const answer = await stage.postSigned('venom', JSON.stringify({ messages }));
    expect(answer).toMatchObject({ status: 429, type: 'application/problem+json' });
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it('a full conversation does not hold up those behind it; sent again, all is in order', async () => {
    const other = { ...text('o-1', 'да'), from: '79007654321@c.us' };
    const messages = ['m-1', 'm-2', 'm-3', 'm-4', 'm-5', 'm-6', 'm-7'].map((id) => text(id, id));
    const post = (): Promise<Answer> =>
      stage.postSigned('venom', JSON.stringify({ messages: [...messages, other] }));

    const answer = await post();
    expect(answer.status).toBe(429);
    expect(resultsOf(answer).slice(-3)).toMatchObject([
      { outcome: 'refused', reason: 'over-cap', messageId: 'm-6' },
      { outcome: 'refused', reason: 'behind', messageId: 'm-7' },
      { outcome: 'opened', messageId: 'o-1' },
    ]);
    expect(await stage.storedIn('79007654321')).toMatchObject([{ messageId: 'o-1' }]);

    // The batch ahead is handed off.
    await stage.system.redis.del('rapid-fire:79001234567', 'rapid-fire-state:79001234567');
    expect(resultsOf(await post()).map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(5).fill('duplicate'),
      ...['opened', 'extended', 'duplicate'],
    ]);
    expect(await stage.storedIn('79001234567')).toMatchObject([{ messageId: 'm-6' }, { messageId: 'm-7' }]);
  });

  it('lists of more entries than any gateway sends are refused', async () => {
    const messages = Array<number>(50_001).fill(7);
    const answer = await stage.postSigned('venom', JSON.stringify({ messages }));
    expect(answer).toMatchObject({ status: 413, type: 'application/problem+json' });
  });

  it('a thousand and more messages in one body are each stored once', async () => {
    const messages = Array.from({ length: 1_500 }, (_, i) => ({
      ...{ from: `${79_001_000_000 + (i % 500)}@c.us`, id: `n-${i}`, body: 'да' },
    }));
    const post = async (): Promise<string[]> => {
      const results = resultsOf(await stage.postSigned('venom', JSON.stringify({ messages })));
      return [...new Set(results.map(({ outcome }) => outcome))].sort();
    };
    expect(await post()).toEqual(['extended', 'opened']);
    expect(await post()).toEqual(['duplicate']);
  });

  it('several files keep their order: one is the message’s, the others stand in its metadata', async () => {
    const files = ['1', '2', '3'].map((name) => ({
      url: `https://files.example/${name}.jpg`,
      mimeType: 'image/jpeg',
    }));
    await stage.postSigned('venom', JSON.stringify({ ...text('m-1', 'до и после'), media: files }));
    const [message] = await stage.storedIn('79001234567');
    expect([message?.media, ...(message?.metadata.media as object[])]).toMatchObject(files);
  });
});
