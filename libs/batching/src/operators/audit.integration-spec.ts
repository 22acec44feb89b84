import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Audit } from './audit';

describe('the audit', () => {
  const c = aConversation();
  let batching: TestBatching;

  beforeEach(async () => {
    batching = await TestBatching.start();
    await batching.batches.append(c, aMessage('one'));
    await batching.batches.append(c, aMessage('two'));
  });
  afterEach(() => batching.stop());

  it('finds as many messages as the accounts say', async () => {
    expect(await new Audit(batching.store).run()).toMatchObject({
      counted: 2,
      accounted: 2,
      tolerance: 0,
      ok: true,
    });
    expect((await batching.statistics()).audit).toMatchObject({ ok: true });
  });

  it('notices a message that vanished past the scripts, which the balance cannot', async () => {
    await batching.redis.rpop(batching.store.keysOf(c).messages(c.id));
    expect((await batching.statistics()).balance).toBe(0);
    expect(await new Audit(batching.store).run()).toMatchObject({ counted: 1, accounted: 2, ok: false });
  });
});
