import { type IncomingMessage, memberIdOf } from '@app/contracts';
import { Changes } from '../changes/changes';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';

const ANNA = '79001234567';
const BORIS = '5511900000002';
const LID = 'wa-lid:241758390126644';
const GROUP = 'wa-group:120363041234567890';
const COUNTED = ['1', '250', '1763700001123', 'msg-17', '11529215046068469'];
const RANDOM = [
  ...['3EB0A1B2C3D4E5F60718', '3A554E20ECABF3D45BB3', 'AC2AB3184AC4AEB3E0527911B838398F'],
  ...['wamid.HBgLNzkwMDEyMzQ1NjcVAgASGBQz0024AAAA', '550e8400-e29b-41d4-a716-446655440000'],
];

describe('where a gateway counts ids in each chat anew', () => {
  let batching: TestBatching;

  beforeAll(async () => {
    batching = await TestBatching.start();
  });
  beforeEach(() => batching.redis.flushall());
  afterAll(() => batching.stop());

  const counted = (messageId: string): IncomingMessage => aMessage('hello', { messageId, idsPerChat: true });
  const append = async (customer: string, messageId: string): Promise<string> =>
    (await batching.batches.append(aConversation(customer), counted(messageId))).outcome;
  const learn = (): Promise<number> => batching.aliases.learn(aConversation(LID), aConversation(ANNA));

  it.each(COUNTED)('the id %s of two customers is two messages, each of them once', async (id) => {
    expect([await append(ANNA, id), await append(BORIS, id)]).toEqual(['opened', 'opened']);
    expect([await append(ANNA, id), await append(BORIS, id)]).toEqual(['duplicate', 'duplicate']);
  });

  it('an id is one message in a whole account where its gateway counts so', async () => {
    const message = aMessage('hello', { messageId: '250' });
    await batching.batches.append(aConversation(ANNA), message);
    expect(await batching.batches.append(aConversation(BORIS), message)).toMatchObject({
      outcome: 'duplicate',
    });
  });

  it.each(RANDOM)('an id drawn at random is one message, by LID or by phone: %s', async (id) => {
    expect([await append(LID, id), await append(ANNA, id)]).toEqual(['opened', 'duplicate']);
  });

  it.each(COUNTED)('a customer whose LID is known has one count: %s', async (id) => {
    await learn();
    expect([await append(LID, id), await append(ANNA, id), await append(LID, id)]).toEqual([
      ...['opened', 'duplicate', 'duplicate'],
    ]);
  });

  it.each(COUNTED)('a message that comes again under the LID it came under is known: %s', async (id) => {
    await append(LID, id);
    await learn();
    expect(await append(LID, id)).toBe('duplicate');
  });

  it('a group counts for all who speak in it', async () => {
    const [one, other] = [memberIdOf(GROUP, ANNA), memberIdOf(GROUP, BORIS)];
    expect([await append(one, '7'), await append(other, '7'), await append(ANNA, '7')]).toEqual([
      ...['opened', 'duplicate', 'opened'],
    ]);
  });

  it.each(['edit', 'revoke'] as const)('%s changes the message of its own chat', async (kind) => {
    const changes = new Changes(batching.store);
    await append(ANNA, '250');
    await append(BORIS, '250');
    const target = { companyId: 1, gateway: 'generic', account: null, messageId: '250', chat: BORIS };
    const { outcome } =
      kind === 'edit'
        ? await changes.edit(target, { at: null, id: null, text: 'changed' })
        : await changes.revoke(target);
    expect(outcome).toBe(kind === 'edit' ? 'edited' : 'revoked');
    expect((await batching.batches.read(aConversation(ANNA)))?.messages).toMatchObject([{ text: 'hello' }]);
    const left = await batching.batches.read(aConversation(BORIS));
    expect(left?.messages.map(({ text }) => text)).toEqual(kind === 'edit' ? ['changed'] : undefined);
  });

  it('a change under the LID reaches what is pending under the phone', async () => {
    await learn();
    await append(ANNA, '250');
    const target = { companyId: 1, gateway: 'generic', account: null, messageId: '250', chat: LID };
    expect(await new Changes(batching.store).revoke(target)).toMatchObject({ outcome: 'revoked' });
  });
});
