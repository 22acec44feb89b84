import type { Claim } from '../hand-off/claims';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from '../window/steering';
import { TypingAndHold } from '../window/typing-and-hold';
import { ConsumerCommits } from './consumer-commits';
import { Turns } from './turns';

const ALIAS = aConversation('wa-lid:123456789012345');
const KNOWN = aConversation('79001234567');

describe('an alias that is learned while its conversation has a batch in hand', () => {
  let batching: TestBatching;
  let turns: Turns;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    turns = new Turns(batching.store);
    await turns.showWorker();
  });
  afterEach(() => batching.stop());

  it('waits for the turn of the known one’s own batch, where that has one too, so that nothing overtakes it', async () => {
    for (const conversation of [ALIAS, KNOWN]) await batching.batches.append(conversation, aMessage('Hi'));
    batching.now += 1_000;
    const [ofAlias, ofKnown] = (await batching.claims.claimEach([ALIAS.id, KNOWN.id])) as [Claim, Claim];
    await batching.claims.settle(ofAlias);
    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(0);
    await batching.batches.append(ALIAS, aMessage('can I'));

    await batching.claims.settle(ofKnown);
    expect(await turns.begin(KNOWN, ofKnown)).not.toBe('busy');
    expect(await batching.aliases.learn(ALIAS, KNOWN)).toBe(1);
    expect(await batching.batches.append(ALIAS, aMessage('book'))).toMatchObject({ conversation: KNOWN });
  });

  /** On its way to the bot. */
  async function batchOfAlias(): Promise<Claim> {
    await batching.batches.append(ALIAS, aMessage('Hi'));
    batching.now += 1_000;
    const [ofAlias] = (await batching.claims.claimEach([ALIAS.id])) as [Claim];
    await batching.claims.settle(ofAlias);
    return ofAlias;
  }

  it.each([ALIAS, KNOWN])(
    'keeps the answer to that batch back while its customer types, as $id',
    async (id) => {
      const ofAlias = await batchOfAlias();
      const begun = await turns.begin(ALIAS, ofAlias);
      if (typeof begun === 'string') throw new Error(begun);
      await batching.aliases.learn(ALIAS, KNOWN);
      const typingAndHold = new TypingAndHold(batching.store);
      expect(await typingAndHold.typing(id, true)).toBe('extended');
      expect(await turns.commit(begun)).toEqual({ outcome: 'wait', waitMs: 1_000, isTyping: true });
      expect(await typingAndHold.typing(id, false)).toBe('ended');
      expect(await turns.commit(begun)).toEqual({ outcome: 'committed' });
    },
  );

  describe('and whose phone is muted then', () => {
    let ofAlias: Claim;

    beforeEach(async () => {
      ofAlias = await batchOfAlias();
    });

    const muteItsPhone = async (): Promise<void> => {
      await batching.aliases.learn(ALIAS, KNOWN);
      await new Steering(batching.store).mute(KNOWN, null);
    };

    it('sends no answer to that batch, and calls nobody for it again', async () => {
      const begun = await turns.begin(ALIAS, ofAlias);
      if (typeof begun === 'string') throw new Error(begun);
      expect(begun.isMuted).toBe(false);
      await muteItsPhone();
      expect(await turns.commit(begun)).toEqual({ outcome: 'muted' });
      expect(await turns.begin(ALIAS, ofAlias)).toMatchObject({ isMuted: true });
    });

    it('lets no other consumer send it', async () => {
      const commits = new ConsumerCommits(batching.store, turns);
      expect(await commits.commit(ALIAS, ofAlias.batchId)).toEqual({ outcome: 'committed' });
      await muteItsPhone();
      expect(await commits.commit(ALIAS, ofAlias.batchId)).toEqual({ outcome: 'muted' });
    });
  });
});
