import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { identityOf } from '../store/message-identity';
import { Changes } from './changes';

const MESSAGE = { companyId: 1, gateway: 'test', account: null, messageId: 'm' };
const CUSTOMER = aConversation('79001234567');

describe('a change that comes before its message, of which a first try reached some partitions only', () => {
  let batching: TestBatching;
  let changes: Changes;

  beforeEach(async () => {
    batching = await TestBatching.start({ PARTITIONS: '4' });
    changes = new Changes(batching.store);
  });
  afterEach(() => batching.stop());

  const changeKey = (): string => batching.store.keysOf(CUSTOMER).change(identityOf(MESSAGE));
  const append = (): ReturnType<typeof batching.batches.append> =>
    batching.batches.append(
      CUSTOMER,
      aMessage('what was meant', {
        messageId: MESSAGE.messageId,
        source: { gateway: MESSAGE.gateway, account: MESSAGE.account, chatId: CUSTOMER.customer },
      }),
    );

  it('takes the message back all the same, once the change is sent again', async () => {
    expect(await changes.revoke(MESSAGE)).toMatchObject({ outcome: 'early' });
    await batching.redis.del(changeKey());
    expect(await changes.revoke(MESSAGE)).toMatchObject({ outcome: 'duplicate' });
    expect(await append()).toMatchObject({ outcome: 'revoked' });
  });

  it('gives it the newest text, once the change is sent again', async () => {
    const older = { at: 1, id: 'a', text: 'older' };
    const newer = { at: 2, id: 'b', text: 'newer' };
    expect(await changes.edit(MESSAGE, older)).toMatchObject({ outcome: 'early' });
    const before = await batching.redis.get(changeKey());
    expect(await changes.edit(MESSAGE, newer)).toMatchObject({ outcome: 'early' });
    await batching.redis.set(changeKey(), String(before));
    expect(await changes.edit(MESSAGE, newer)).toMatchObject({ outcome: 'duplicate' });
    await append();
    expect(await batching.batches.read(CUSTOMER)).toMatchObject({ messages: [{ text: 'newer' }] });
  });
});
