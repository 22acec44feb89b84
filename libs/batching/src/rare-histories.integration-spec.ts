import { append as appendScript } from './store/scripts/append';
import { beginTurn } from './store/scripts/begin-turn';
import { claim as claimScript } from './store/scripts/claim';
import type { Script } from './store/scripts/define-script';
import { learnAlias as learnAliasScript } from './store/scripts/learn-alias';
import { settle as settleScript } from './store/scripts/settle';
import { TestBatching } from './testing/batching';
import { edit } from './testing/change-commands';
import { ALIAS, type Command, KNOWN, pass } from './testing/command';
import { give } from './testing/company-commands';
import { append, learnAlias } from './testing/customer-commands';
import { NARROW, playHistory, SLOWING, SUPERSEDING } from './testing/histories';
import { claim, handOff, outlive, settle } from './testing/owner-commands';
import { mute } from './testing/steering-commands';
import { sweep } from './testing/sweep-command';
import { begin, end, judge, showWorker } from './testing/turn-commands';
import type { World } from './testing/world';

/** What random histories of the model test reach too rarely; each notices a system that is broken on purpose. */
describe('the model test, in a history of its own, would notice', () => {
  let batching: TestBatching;
  let superseding: TestBatching;
  let slowing: TestBatching;

  beforeAll(async () => {
    [batching, superseding, slowing] = await Promise.all([
      TestBatching.start(NARROW),
      TestBatching.start(SUPERSEDING),
      TestBatching.start(SLOWING),
    ]);
  });
  afterAll(() => Promise.all([batching.stop(), superseding.stop(), slowing.stop()]));

  const write = append(KNOWN, 1, false, 'text');
  const handedOff = [claim(0, KNOWN), handOff(0), settle(0)];

  async function expectNoticed(
    system: TestBatching,
    history: readonly Command[],
    sabotage: (world: World) => void,
    difference: string,
  ): Promise<void> {
    await playHistory(system, history);
    await expect(playHistory(system, history, sabotage)).rejects.toThrow(difference);
  }

  /** The script with another text in the place of one of its own. */
  function broken(
    { name, lua }: Pick<Script<string, never, unknown>, 'name' | 'lua'>,
    [good, bad]: [string, string],
  ) {
    expect(lua).toContain(good);
    return ({ store }: World): void => store.runner.define(name, lua.replace(good, bad));
  }

  describe('of an owner whose lease ends before its work', () => {
    const claimed = [append(KNOWN, 1, true, 'text'), claim(0, KNOWN)];
    const leaseEnds = pass(10_000);

    it('a settle that no token fences', async () => {
      const history = [...claimed, handOff(0), leaseEnds, claim(1, KNOWN), settle(0)];
      const sabotage = broken(settleScript, ["if s.token ~= token then return 'stale' end", '']);
      await expectNoticed(batching, history, sabotage, 'Expected values to be strictly equal');
    });

    it('a second claim that cuts anew', async () => {
      const history = [...claimed, write, leaseEnds, claim(1, KNOWN)];
      const sabotage = broken(claimScript, ["'0', s.count - 1", "'0', maxSize - 1"]);
      await expectNoticed(batching, history, sabotage, 'Expected values to be strictly deep-equal');
    });

    it('a hand-off that nothing but the job itself keeps from being a second one', async () => {
      const history = [...claimed, handOff(0), outlive(0), handOff(0)];
      const sabotage = ({ handOff: own }: World): void => {
        jest
          .spyOn(own, 'deliver')
          .mockImplementation((lot) => Promise.all(lot.map((message) => own.add(message))));
      };
      await expectNoticed(batching, history, sabotage, 'I2: the jobs are those handed off');
    });
  });

  describe('of a window that is not over', () => {
    it('one that does not wait for words', async () => {
      const history = [append(KNOWN, 0, false, 'voice'), pass(2_000), claim(0, KNOWN)];
      const sabotage = broken(claimScript, ['s.typing or 0, s.awaits or 0)', 's.typing or 0)']);
      await expectNoticed(batching, history, sabotage, 'nothing is due, or it is taken');
    });

    it('one that does not wait for the end of its minute', async () => {
      const history = [write, write, write, pass(1_000), claim(0, KNOWN)];
      const sabotage = broken(claimScript, ['if s.slowedUntil and s.slowedUntil >= at', 'if false']);
      await expectNoticed(slowing, history, sabotage, 'nothing is due, or it is taken');
    });
  });

  it('a worker that is not told that the bot is muted', async () => {
    const history = [showWorker(), append(KNOWN, 1, true, 'text'), sweep(), mute(KNOWN, null), begin(0, 0)];
    const told = "return (isOff or (s.mutedUntil or 0) > now) and 'muted' or";
    const sabotage = broken(beginTurn, [told, 'return']);
    await expectNoticed(batching, history, sabotage, 'I9: no bot is called while it is muted');
  });

  // A batch whose worker took too long stays on the queue while its conversation goes on.
  it('a worker that starts on a second batch', async () => {
    const history = [
      ...[showWorker(), append(KNOWN, 1, true, 'text'), sweep(), begin(0, 0)],
      ...[pass(60_000), judge(KNOWN, true)],
      ...[append(KNOWN, 1, true, 'text'), sweep(), begin(1, 1)],
    ];
    const sabotage = broken(beginTurn, ["return 'busy'", '']);
    await expectNoticed(batching, history, sabotage, 'I8: one batch at the bot at a time');
  });

  // The alias is learned once, and its batch must be at the bot then.
  it('an answer to an alias’s batch that is sent although its phone is muted', async () => {
    const atTheBot = [showWorker(), append(ALIAS, 1, true, 'text'), sweep(), begin(0, 0)];
    const history = [...atTheBot, learnAlias(), mute(KNOWN, null), end(0)];
    const sabotage = ({ store }: World): void => {
      jest.spyOn(store, 'homeOf').mockImplementation((conversation) => Promise.resolve(conversation));
    };
    await expectNoticed(batching, history, sabotage, 'what becomes of the answer');
  });

  // Twice superseded within the longest wait, and claimed again.
  it('a turn that is superseded for ever', async () => {
    const written = [write, pass(600), sweep()];
    // A third message would fill the batch.
    const target = { conversation: KNOWN, pick: 0, isEarly: false, hasHint: true };
    const history = [...written, ...written, edit(target, 1, 0, 'e1', true), pass(1_000), sweep()];
    const sabotage = broken(claimScript, ['and timesReplaced() < maxSupersedes', '']);
    await expectNoticed(superseding, history, sabotage, 'a draft says when it is answered');
  });

  // A batcher that looks a minute late, while a customer does not stop.
  it('a window that waits for one minute after the other', async () => {
    const history = [write, write, write, pass(60_000), write, write, write, sweep()];
    const sabotage = broken(appendScript, ['s.slowedUntil or s.minuteUntil', 's.minuteUntil']);
    await expectNoticed(slowing, history, sabotage, 'Expected values to be strictly equal');
  });

  describe('what was superseded together, and is parted', () => {
    const superseded = [give('1', 1), write, write, write, pass(1_500), ...handedOff, write];

    it('by an operator who gives its company smaller batches', async () => {
      const history = [...superseded, give('1', 0), write, ...handedOff];
      const sabotage = broken(appendScript, ['if isKept then maxSize = before end', '']);
      await expectNoticed(superseding, history, sabotage, 'Expected values to be strictly equal');
    });

    it('by an alias that brings the limits of smaller batches', async () => {
      const theirs = append(ALIAS, 1, false, 'text');
      const ours = [write, pass(1_000), ...handedOff, write];
      const history = [...ours, give('1', 0), theirs, learnAlias(), pass(5_000), ...handedOff];
      const sabotage = broken(learnAliasScript, [
        'and not s.limits and not s.replaced then',
        'and not s.limits then',
      ]);
      await expectNoticed(superseding, history, sabotage, 'Expected values to be strictly equal');
    });
  });
});
