import { parseConversationId, type StoredMessage } from '@app/contracts';
import type { Claim } from '../hand-off/claims';
import type { Keys } from '../store/keys';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Changes } from './changes';
import { Transcripts } from './transcripts';

const QUIET_MS = 6_000;
const WAIT_MS = 30_000;

describe('the words of a voice note', () => {
  const anna = aConversation();
  let batching: TestBatching;
  let transcripts: Transcripts;

  beforeAll(async () => {
    batching = await TestBatching.start({
      BUSY_POLICY: 'supersede',
      BATCH_TIMEOUT: String(QUIET_MS),
      BATCH_MAX_WAIT: '60000',
      TRANSCRIBE_TIMEOUT: String(WAIT_MS),
    });
    transcripts = new Transcripts(batching.store);
  });
  afterAll(() => batching.stop());
  beforeEach(() => batching.redis.flushall());

  /** A note that nobody has heard in time: its batch, a draft, is at the bot. */
  async function givenUp(): Promise<{ note: StoredMessage; claim: Claim }> {
    await batching.batches.append(anna, aMessage('', { messageId: 'note', awaitsWords: true }));
    const [note] = (await batching.batches.read(anna))?.messages as [StoredMessage];
    batching.now += WAIT_MS;
    const claim = (await batching.claims.claim(anna.id)) as Claim;
    expect(claim.answerAt).not.toBeNull();
    await batching.claims.settle(claim);
    return { note, claim };
  }

  const give = (message: StoredMessage, words: Parameters<Transcripts['give']>[1]): Promise<string> =>
    transcripts.give({ conversation: anna, message, leftMs: 0 }, words);

  it('supersede the draft that went without them, though they come late', async () => {
    const { note, claim } = await givenUp();
    expect(await give(note, { text: 'tomorrow at six' })).toBe('given');
    expect(await batching.claims.claim(anna.id)).toMatchObject({
      supersedes: [claim.batchId],
      messages: [{ text: 'tomorrow at six', transcript: { made: true } }],
    });
  });

  it.each(['timeout', 'refused', 'no-file'] as const)(
    'supersede nothing where they will never come: %s is nothing new to a draft that went without them',
    async (why) => {
      const { note } = await givenUp();
      expect(await give(note, { why })).toBe('given');
      expect(await batching.claims.claim(anna.id)).toBeNull();
    },
  );

  it('are its gateway’s where that has transcribed it first, once', async () => {
    await batching.batches.append(anna, aMessage('', { messageId: 'note', awaitsWords: true }));
    const [note] = (await batching.batches.read(anna))?.messages as [StoredMessage];
    const address = { companyId: anna.companyId, gateway: 'generic', account: null, messageId: 'note' };
    const words = { at: null, id: null, text: 'at six', isTranscript: true } as const;
    expect(await new Changes(batching.store).edit(address, words)).toMatchObject({ outcome: 'edited' });
    expect(await give(note, { text: 'at six' })).toBe('gone');
    batching.now += QUIET_MS;
    expect(await batching.claims.claim(anna.id)).toMatchObject({
      messages: [{ text: 'at six', transcript: { made: true } }],
    });
  });

  it('are no longer waited for where there are none, though the conversation is as full as it may be', async () => {
    const full = await TestBatching.start({
      MAX_BATCH_BYTES: '1kb',
      MAX_PENDING_BYTES: '2kb',
      BATCH_TIMEOUT: String(QUIET_MS),
      TRANSCRIBE_TIMEOUT: String(WAIT_MS),
    });
    try {
      for (const messageId of ['one', 'two', 'three'])
        await full.batches.append(anna, aMessage('', { messageId, awaitsWords: true }));
      const notes = (await full.batches.read(anna))?.messages as StoredMessage[];
      const heldBytes = async (): Promise<number> => (await full.store.stateOf(anna)).bytes ?? 0;
      // Letters stand in it twice.
      const left = 2_048 - (await heldBytes());
      const empty = Buffer.byteLength(JSON.stringify(notes[0])) - `"awaits":${notes[0]?.awaits ?? 0},`.length;
      await full.batches.append(
        anna,
        aMessage('x'.repeat(Math.floor((left - empty - 8) / 2)), { messageId: 'four' }),
      );
      const given = new Transcripts(full.store);
      const giveTo = (message: StoredMessage, words: Parameters<Transcripts['give']>[1]): Promise<string> =>
        given.give({ conversation: anna, message, leftMs: 0 }, words);
      const [one, two, three] = notes as [StoredMessage, StoredMessage, StoredMessage];
      expect(await giveTo(one, { why: 'no-words' })).toBe('given');
      expect(await giveTo(two, { why: 'no-words' })).toBe('given');
      // Words have no room; that they have none is said.
      expect(await giveTo(three, { text: 'tomorrow at six' })).toBe('too-large');
      expect(await heldBytes()).toBeGreaterThan(2_048);
      expect(
        (await full.batches.read(anna))?.messages.slice(0, 3).map(({ transcript }) => transcript),
      ).toEqual([
        { made: false, why: 'no-words' },
        { made: false, why: 'no-words' },
        { made: false, why: 'too-large' },
      ]);
      expect(await given.notesOf(anna)).toEqual([]);
    } finally {
      await full.stop();
    }
  });

  it('are its gateway’s also where ours heard none', async () => {
    await batching.batches.append(anna, aMessage('', { messageId: 'note', awaitsWords: true }));
    const [note] = (await batching.batches.read(anna))?.messages as [StoredMessage];
    expect(await give(note, { why: 'no-words' })).toBe('given');
    const address = { companyId: anna.companyId, gateway: 'generic', account: null, messageId: 'note' };
    await new Changes(batching.store).edit(address, {
      at: null,
      id: null,
      text: 'at six',
      isTranscript: true,
    });
    expect((await batching.batches.read(anna))?.messages).toMatchObject([
      { text: 'at six', transcript: { made: true } },
    ]);
  });

  it('are looked for by another worker once one has left them for so long', async () => {
    await batching.batches.append(anna, aMessage('', { messageId: 'note', awaitsWords: true }));
    const ofAnna = [parseConversationId(anna.id)];
    expect(await transcripts.take(1)).toEqual(ofAnna);
    await transcripts.leave(anna, 500);
    batching.now += 499;
    expect(await transcripts.take(1)).toEqual([]);
    batching.now += 1;
    expect(await transcripts.take(1)).toEqual(ofAnna);
  });

  it.each<[string, (keys: Keys) => Promise<unknown>]>([
    ['its list is a text', (keys) => batching.redis.set(keys.messages(anna.id), 'text')],
    ['its state is a text', (keys) => batching.redis.set(keys.state(anna.id), 'text')],
    ['its list has lost a message', (keys) => batching.redis.rpop(keys.messages(anna.id))],
  ])('are not looked for, and nothing fails, where a conversation is set aside: %s', async (_, damage) => {
    for (const messageId of ['one', 'two'])
      await batching.batches.append(anna, aMessage('', { messageId, awaitsWords: true }));
    await damage(batching.store.keysOf(anna));
    expect(await transcripts.take(1)).toEqual([anna].map(({ id }) => parseConversationId(id)));
    expect(await transcripts.notesOf(anna)).toEqual([]);
  });
});
