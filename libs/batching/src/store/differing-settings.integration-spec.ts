import { validateEnvironment } from '@app/config';
import { BatchService } from '../batch.service';
import { batchingSettings } from '../config/batching.settings';
import { Claims } from '../hand-off/claims';
import { findingsOf } from '../processes/findings';
import { cardOf, type Role } from '../processes/process-card';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { testSettings } from '../testing/settings';
import { TypingAndHold } from '../window/typing-and-hold';
import { BatchStore, HORIZON_MS } from './batch-store';

const MINUTE_MS = 60_000;

/** Two processes of one Redis with different settings. */
describe('processes with different settings', () => {
  let batching: TestBatching;
  let company = 0;

  beforeAll(async () => {
    batching = await TestBatching.start();
  });
  afterAll(() => batching.stop());

  /** A process with these settings in addition to the defaults. */
  function told(variables: Record<string, string>): {
    batches: BatchService;
    claims: Claims;
    store: BatchStore;
  } {
    const settings = testSettings({ ...variables, REDIS_URL: batching.server.url });
    const store = new BatchStore(batching.redis, settings, { clock: () => batching.now });
    return { batches: new BatchService(store), claims: new Claims(store), store };
  }

  it('keep a human’s answer in force that the webhook alone was told of', async () => {
    const conversation = aConversation('79001234567', (company += 1));
    const webhook = told({ ON_HUMAN_REPLY: 'hold', HUMAN_REPLY_HOLD: '86400' });
    const batcher = told({});
    await webhook.batches.append(conversation, aMessage('Is anybody there?'));
    await new TypingAndHold(webhook.store).hold(conversation);

    batching.now += 86_400_000 - 1;
    expect(await batcher.claims.claim(conversation.id)).toBeNull();
    batching.now += 1;
    expect(await batcher.claims.claim(conversation.id)).not.toBeNull();
  });

  it.each([
    ['of an hour', { CLAIM_LEASE: '3600' }, 3_600_000],
    ['of two minutes', { CLAIM_LEASE: '120' }, 120_000],
  ])('leave a lease %s to the batcher that was told of it', async (_, variables, leaseMs) => {
    const conversation = aConversation('79001234567', (company += 1));
    const patient = told(variables);
    const other = told({});
    await patient.batches.append(conversation, aMessage('Hello'));
    batching.now += MINUTE_MS;
    const claim = await patient.claims.claim(conversation.id);

    expect(claim).not.toBeNull();
    batching.now += leaseMs - 1;
    expect((await other.claims.due(10)).conversations).not.toContain(conversation.id);
    expect(await other.claims.claim(conversation.id)).toBeNull();
    batching.now += 1;
    expect((await other.claims.claim(conversation.id))?.batchId).toBe(claim?.batchId);
  });

  it('wait a day where the webhook and the batcher were told of it, whatever the worker was told', async () => {
    const conversation = aConversation('79001234567', (company += 1));
    const slow = { BATCH_TIMEOUT: '3600000', BATCH_MAX_WAIT: '86400000', BATCH_TTL: '86400' };
    const webhook = told(slow);
    await webhook.batches.append(conversation, aMessage('Hello'));

    batching.now += 3_600_000 - 1;
    const { conversations, next } = await told({}).claims.due(10);
    expect(conversations).not.toContain(conversation.id);
    expect(next).not.toBeNull();
    batching.now += 1;
    expect(await told(slow).claims.claim(conversation.id)).not.toBeNull();
  });

  it('take no time for lost that a setting permits', () => {
    for (const [variable, unitMs] of [
      ['BATCH_MAX_WAIT', 1],
      ['BATCH_TIMEOUT', 1],
      ['CLAIM_LEASE', 1_000],
      ['HUMAN_REPLY_HOLD', 1_000],
      ['TURN_MAX', 1_000],
    ] as const) {
      const asLong = {
        NODE_ENV: 'test',
        REDIS_URL: 'redis://localhost',
        [variable]: String(HORIZON_MS / unitMs),
      };
      expect(() => validateEnvironment(batchingSettings, asLong)).toThrow(variable);
    }
  });

  it.each<[role: Role, variables: Record<string, string>]>([
    ['webhook', { ON_HUMAN_REPLY: 'hold' }],
    ['webhook', { HUMAN_REPLY_HOLD: '900' }],
    ['webhook', { DEDUP_TTL: '604800' }],
    ['webhook', { MAX_PENDING_PER_CONVERSATION: '50' }],
    ['webhook', { MAX_PENDING_BYTES: '1mb' }],
    ['webhook', { MAX_MESSAGE_AGE: '60' }],
    ['batcher', { CLAIM_LEASE: '60' }],
    ['batcher', { HANDOFF_MAX_ATTEMPTS: '3' }],
    ['batcher', { BUSY_POLICY: 'parallel' }],
    ['batcher', { TURN_MAX: '60' }],
    ['batcher', { HISTORY_MAX: '0' }],
    ['batcher', { HISTORY_TTL: '3600' }],
    ['batcher', { HISTORY_BYTES: '1mb' }],
    ['batcher', { BATCH_SEPARATOR: '|' }],
    ['worker', { BATCH_TTL: '900' }],
    ['worker', { REDIS_MIN_REPLICAS: '1' }],
  ])('say so: two processes that are %s and differ in %j', (role, variables) => {
    const [variable = ''] = Object.keys(variables);
    const [one, other] = [testSettings(variables), testSettings()].map((settings) =>
      cardOf(settings, [role]),
    );
    const findings = findingsOf(one as NonNullable<typeof one>, [other as NonNullable<typeof other>], 'here');

    expect(findings.find(({ code }) => code === 'settings-differ')?.message).toContain(`${variable} is `);
  });

  it('are no finding where the role that goes by a setting has it alone', () => {
    const webhook = cardOf(testSettings({ ON_HUMAN_REPLY: 'hold', DEDUP_TTL: '604800' }), ['webhook']);
    expect(findingsOf(webhook, [cardOf(testSettings({ CLAIM_LEASE: '60' }), ['batcher'])], 'here')).toEqual(
      [],
    );
  });
});
