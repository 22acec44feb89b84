import type { Claim } from '../hand-off/claims';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Steering } from '../window/steering';
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

  describe('and whose phone is muted then', () => {
    let ofAlias: Claim;

    beforeEach(async () => {
      await batching.batches.append(ALIAS, aMessage('Hi'));
      batching.now += 1_000;
      [ofAlias] = (await batching.claims.claimEach([ALIAS.id])) as [Claim];
      await batching.claims.settle(ofAlias);
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
