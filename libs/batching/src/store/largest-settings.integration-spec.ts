import type { Conversation } from '@app/contracts';
import { BatchService } from '../batch.service';
import { Changes } from '../changes/changes';
import { type Claim, Claims } from '../hand-off/claims';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';

/** The most at once that an environment may set: Lua's `unpack` ends at about 8,000. */
const LARGEST = {
  CLAIM_BATCHES: '10000',
  MAX_BATCH_SIZE: '1000',
  MAX_BATCH_BYTES: '4mb',
  MAX_PENDING_PER_CONVERSATION: '100000',
  MAX_PENDING_BYTES: '256mb',
  HISTORY_MAX: '10000000',
  REDIS_COMMAND_TIMEOUT: '8000',
};
/** Twice as many as `unpack` takes, and a quarter of a minute faster than a full conversation. */
const MANY = 16_000;

describe('with the largest settings', () => {
  let batching: TestBatching;
  let batches: BatchService;
  let claims: Claims;

  beforeAll(async () => {
    batching = await TestBatching.start(LARGEST);
    ({ batches, claims } = batching);
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  async function fill(conversation: Conversation, count: number): Promise<void> {
    for (let from = 0; from < count; from += 500) {
      const lot = Array.from({ length: Math.min(500, count - from) }, (_, i) =>
        batches.append(
          conversation,
          aMessage(`${from + i}`, { messageId: `${conversation.id} ${from + i}` }),
        ),
      );
      await Promise.all(lot);
    }
  }

  it('a backlog of more conversations than one look names is handed off', async () => {
    const names = Array.from({ length: 10_050 }, (_, i) => aConversation(`7900${1_000_000 + i}`));
    for (let from = 0; from < names.length; from += 500) {
      const lot = names.slice(from, from + 500);
      await Promise.all(lot.map((conversation) => batches.append(conversation, aMessage('hello'))));
    }
    batching.now += 60_000;

    expect((await claims.due(10_000)).conversations).toHaveLength(10_000);
    expect(await batching.sweep.run()).toMatchObject({ handedOff: names.length, nextInMs: null });
  }, 120_000);

  it('a batch of the largest size is claimed, buried, redriven and settled', async () => {
    const conversation = aConversation();
    await fill(conversation, 1_000);
    const buried = (await claims.claim(conversation.id)) as Claim;
    expect(buried.messages).toHaveLength(1_000);
    expect(await claims.bury(buried, 'refused')).toBe('buried');
    expect(await batching.deadLetters.redrive(buried.batchId)).toBe('redriven');
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect((await batching.jobs())[0]?.messages).toHaveLength(1_000);
    expect(await batching.statistics()).toMatchObject({
      balance: 0,
      messages: 0,
      totals: { delivered: 1_000 },
    });
  }, 120_000);

  it('a crowded conversation joins the one that its customer is known by, is changed, and cleared', async () => {
    const [alias, known] = [aConversation('wa-lid:1', 1), aConversation('79001234567', 1)];
    await fill(alias, MANY);
    await batches.append(known, aMessage('known'));

    expect(await batching.aliases.learn(alias, known)).toBe(MANY);
    const last = { gateway: 'generic', account: null, companyId: 1, messageId: `${alias.id} ${MANY - 1}` };
    expect(await new Changes(batching.store).revoke(last)).toMatchObject({ outcome: 'revoked' });
    expect(await batching.open.clear(known)).toEqual({ cleared: MANY, claimed: 0 });
    expect(await batching.statistics()).toMatchObject({ balance: 0, messages: 0, pending: 0 });
  }, 120_000);
});
