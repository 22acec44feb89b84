import { ENVELOPE_SHARE, encodeBody, TEXT_COPIES } from '@app/contracts';
import { Changes } from '../changes/changes';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';

const MAX_BATCH_BYTES = 1_024;
const MAX_STORED_BYTES = Math.floor((TEXT_COPIES + ENVELOPE_SHARE) * MAX_BATCH_BYTES);

/** Redis writes number and times in front of a message, some seventy bytes, so what fits a batch may exceed its list. */
describe('where a conversation may hold as many bytes as a batch', () => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start({
      MAX_BATCH_BYTES: String(MAX_BATCH_BYTES),
      MAX_PENDING_BYTES: String(MAX_STORED_BYTES),
    });
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  /** As large as a message may be. */
  function largest(messageId: string): ReturnType<typeof aMessage> {
    const message = (length: number): ReturnType<typeof aMessage> =>
      aMessage('', { messageId, metadata: { padding: 'x'.repeat(length) } });
    const padding = MAX_STORED_BYTES - Buffer.byteLength(encodeBody(message(0), 1));
    return message(padding);
  }

  it('the largest message is stored and handed off, and a second one waits for that', async () => {
    const conversation = aConversation();
    expect(await batching.batches.append(conversation, largest('1'))).toMatchObject({ outcome: 'full' });
    expect(await batching.batches.append(conversation, largest('2'))).toMatchObject({ outcome: 'over-cap' });
    expect(await batching.sweep.run()).toMatchObject({ handedOff: 1 });
    expect(await batching.batches.append(conversation, largest('2'))).toMatchObject({ outcome: 'full' });
  });

  it('a message that is alone may be edited up to the size of a batch', async () => {
    const id = { gateway: 'generic', account: null, companyId: 1, messageId: '1' };
    const room = MAX_STORED_BYTES - 40 - Buffer.byteLength(encodeBody(aMessage('', { messageId: '1' }), 1));
    await batching.batches.append(aConversation(), aMessage('short', { messageId: '1' }));
    const change = { at: null, id: null, text: 'x'.repeat(Math.floor(room / 2) - 60) };
    expect(await new Changes(batching.store).edit(id, change)).toMatchObject({ outcome: 'edited' });
  });
});
