import { identityOf } from '../store/message-identity';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import type { Actor } from './authorship';
import { Changes } from './changes';
import { Transcripts } from './transcripts';

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

describe('the words of a voice note from its gateway that come before it', () => {
  let batching: TestBatching;

  beforeEach(async () => {
    batching = await TestBatching.start({ TRANSCRIBE_TIMEOUT: '30000' });
  });
  afterEach(() => batching.stop());

  const WORDS = { at: null, id: null, text: 'at six', isTranscript: true } as const;
  const NOTE = {
    messageId: MESSAGE.messageId,
    source: { gateway: MESSAGE.gateway, account: MESSAGE.account, chatId: CUSTOMER.customer },
  };
  const UNHEARD = { awaitsWords: true } as const;
  const NO_WAY = { transcript: { made: false, why: 'no-way' } } as const;

  it.each([
    ['that is to be transcribed', UNHEARD],
    ['that nobody else can fetch', NO_WAY],
  ])('are those of a note %s: nobody makes them once more', async (_, asked) => {
    expect(await new Changes(batching.store).edit(MESSAGE, WORDS)).toMatchObject({ outcome: 'early' });
    await batching.batches.append(CUSTOMER, aMessage('', { ...NOTE, ...asked }));
    const [note] = (await batching.batches.read(CUSTOMER))?.messages ?? [];
    expect(note).toMatchObject({ text: 'at six', transcript: { made: true } });
    expect(note).not.toHaveProperty('awaits');
    expect(await new Transcripts(batching.store).take(1)).toEqual([]);
  });

  it('stay its words where an edit that nobody can read follows', async () => {
    const changes = new Changes(batching.store);
    await changes.edit(MESSAGE, WORDS);
    batching.now += 1;
    await changes.edit(MESSAGE, { at: null, id: null, text: null });
    await batching.batches.append(CUSTOMER, aMessage('', { ...NOTE, ...UNHEARD }));
    const [note] = (await batching.batches.read(CUSTOMER))?.messages ?? [];
    expect(note).toMatchObject({ text: 'at six', transcript: { made: true }, edited: { readable: false } });
  });

  it('are awaited where what came before it is no transcript', async () => {
    await new Changes(batching.store).edit(MESSAGE, { at: null, id: null, text: 'a caption' });
    await batching.batches.append(CUSTOMER, aMessage('', { ...NOTE, ...UNHEARD }));
    expect(await new Transcripts(batching.store).take(1)).toHaveLength(1);
  });
});

describe('changes by several people that come before the message', () => {
  let batching: TestBatching;
  let changes: Changes;

  beforeEach(async () => {
    batching = await TestBatching.start({});
    changes = new Changes(batching.store);
  });
  afterEach(() => batching.stop());

  const by = (customer: string): Actor => {
    const { customer: id } = aConversation(customer);
    return { chat: [id], person: [id] };
  };
  const author = by(CUSTOMER.customer);
  const stranger = by('79009999999');
  const EDIT = { at: 2, id: 'b', text: 'as its author has it' };
  const STRANGE = { at: 3, id: 'c', text: 'as a stranger would have it' };
  const append = (): ReturnType<typeof batching.batches.append> =>
    batching.batches.append(
      CUSTOMER,
      aMessage('as it was sent', {
        messageId: MESSAGE.messageId,
        source: { gateway: MESSAGE.gateway, account: MESSAGE.account, chatId: CUSTOMER.customer },
      }),
    );
  const text = async (): Promise<string | undefined> =>
    (await batching.batches.read(CUSTOMER))?.messages[0]?.text;

  it.each([
    ['before', true],
    ['after', false],
  ])('lets the author’s edit stand where a stranger’s revocation came %s it', async (_, isBefore) => {
    if (isBefore) expect(await changes.revoke(MESSAGE, null, stranger)).toMatchObject({ outcome: 'early' });
    expect(await changes.edit(MESSAGE, EDIT, null, author)).toMatchObject({ outcome: 'early' });
    if (!isBefore) expect(await changes.revoke(MESSAGE, null, stranger)).toMatchObject({ outcome: 'early' });
    expect(await append()).toMatchObject({ outcome: 'opened' });
    expect(await text()).toBe(EDIT.text);
  });

  it('lets the author’s revocation stand where a stranger’s edit came before it', async () => {
    await changes.edit(MESSAGE, STRANGE, null, stranger);
    expect(await changes.revoke(MESSAGE, null, author)).toMatchObject({ outcome: 'early' });
    expect(await changes.revoke(MESSAGE, null, author)).toMatchObject({ outcome: 'duplicate' });
    expect(await append()).toMatchObject({ outcome: 'revoked' });
  });

  it('passes over what strangers alone have left', async () => {
    await changes.edit(MESSAGE, STRANGE, null, stranger);
    await changes.revoke(MESSAGE, null, by('79008888888'));
    expect(await append()).toMatchObject({ outcome: 'opened' });
    expect(await text()).toBe('as it was sent');
  });

  it('keeps those of 16 people, and has no room for one more', async () => {
    for (let i = 0; i < 16; i += 1)
      expect(await changes.revoke(MESSAGE, null, by(`7900111000${i}`))).toMatchObject({ outcome: 'early' });
    expect(await changes.edit(MESSAGE, EDIT, null, author)).toMatchObject({ outcome: 'over-cap' });
    expect(await append()).toMatchObject({ outcome: 'opened' });
  });
});
