import type { Claim } from '../hand-off/claims';
import { TestBatching } from '../testing/batching';
import { aConversation, aMessage } from '../testing/messages';
import { Turns } from './turns';

const ALIAS = aConversation('wa-lid:123456789012345');
const KNOWN = aConversation('79001234567');

describe('an alias that is learned while both its conversations have a batch in hand', () => {
  let batching: TestBatching;
  let turns: Turns;

  beforeEach(async () => {
    batching = await TestBatching.start({ BATCH_TIMEOUT: '1000' });
    turns = new Turns(batching.store);
    await turns.showWorker();
  });
  afterEach(() => batching.stop());

  it('waits for the turn of the known one’s own batch, so that nothing overtakes it', async () => {
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
});
