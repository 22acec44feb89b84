import {
  ANSWERED_SAMPLES,
  customerIn,
  isStored,
  isWithSeveral,
  messageIdIn,
  named,
  sampleOf,
} from '../support/gateway-samples';
import { GatewayStage, resultsOf } from '../support/gateway-stage';

const SEVERAL = ANSWERED_SAMPLES.filter(isWithSeveral);
const STORED = ANSWERED_SAMPLES.filter(isStored);
const CHANGES = ANSWERED_SAMPLES.filter(({ expect: { kind } }) => ['edit', 'revoke'].includes(kind));
const LEFT = ANSWERED_SAMPLES.filter((each) => ![...SEVERAL, ...STORED, ...CHANGES].includes(each));

describe('samples', () => {
  let stage: GatewayStage;

  beforeAll(async () => {
    stage = await GatewayStage.start();
  });
  beforeEach(() => stage.forgetAll());
  afterAll(() => stage.stop());

  it('are there', () => {
    expect([SEVERAL.length, STORED.length > 30]).toEqual([2, true]);
    expect([CHANGES.length > 5, LEFT.length > 15]).toEqual([true, true]);
  });

  it.each(named(STORED))('%s is stored', async (_, { gateway, path, bytes, expect: meaning }) => {
    const answer = await stage.postSigned(gateway, bytes, path);
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    const [result] = resultsOf(answer);
    const id = result?.conversationId ?? '';
    expect(result).toMatchObject({ outcome: 'opened', ...messageIdIn(meaning) });
    expect(id.endsWith(customerIn(meaning.chatKey))).toBe(true);
    expect(await stage.storedIn(id)).toMatchObject([messageIdIn(meaning)]);
  });

  it.each(named(LEFT))(
    '%s is answered and not stored',
    async (_, { gateway, path, bytes, expect: meaning }) => {
      const answer = await stage.postSigned(gateway, bytes, path);
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
      const left = {
        kind: ['ignore', 'reject'].includes(meaning.kind) ? 'ignored' : meaning.kind,
        outcome: 'ignored',
        conversationId: null,
        reason: expect.any(String) as string,
      };
      expect(resultsOf(answer)).toMatchObject(Array.from({ length: meaning.count ?? 1 }, () => left));
      expect(await stage.conversations()).toEqual([]);
    },
  );

  it.each(named(CHANGES))(
    '%s is kept for its message, which has not come',
    async (_, { gateway, path, bytes, expect: { kind } }) => {
      const answer = await stage.postSigned(gateway, bytes, path);
      expect(answer).toMatchObject({ status: 200, body: { success: true } });
      expect(resultsOf(answer)).toMatchObject([{ kind, outcome: 'early' }]);
      expect(await stage.conversations()).toEqual([]);
    },
  );

  it.each(named(SEVERAL))('%s is stored message by message', async (_, each) => {
    const { gateway, path, bytes, expect: meaning } = each;
    const results = resultsOf(await stage.postSigned(gateway, bytes, path));
    const taken = results.filter(({ outcome }) => outcome !== 'ignored');
    const ids = [...new Set(taken.map(({ conversationId }) => conversationId))];
    expect([taken.length, results.length - taken.length]).toEqual([meaning.count, meaning.ignored ?? 0]);
    expect(ids.map((id) => id?.split(':').at(-1))).toEqual(meaning.chats?.map(customerIn));
    const stored = (await Promise.all(ids.map((id) => stage.storedIn(id)))).flat();
    expect(stored.map(({ messageId }) => messageId).sort()).toEqual(
      taken.map(({ messageId }) => messageId).sort(),
    );
  });

  it('are known when they are posted again', async () => {
    const { bytes } = sampleOf('waha/message-text.json');
    const answers = [await stage.postSigned('waha', bytes), await stage.postSigned('waha', bytes)];
    expect(answers.map((answer) => resultsOf(answer)[0]?.outcome)).toEqual(['opened', 'duplicate']);
  });

  it('of one message under two subscriptions are one message', async () => {
    const files = ['waha/message-text.json', 'waha/message-any-same-message.json'];
    const outcomes = [];
    for (const file of files)
      outcomes.push(resultsOf(await stage.postSigned('waha', sampleOf(file).bytes))[0]?.outcome);
    expect(outcomes).toEqual(['opened', 'duplicate']);
  });
});
