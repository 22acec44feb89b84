import fc from 'fast-check';
import { SCRIPTS } from './store/scripts/all';
import { append as appendScript } from './store/scripts/append';
import { beginTurn } from './store/scripts/begin-turn';
import { claim } from './store/scripts/claim';
import { commitTurn } from './store/scripts/commit-turn';
import { edit as editScript } from './store/scripts/edit';
import { endTurn } from './store/scripts/end-turn';
import { erase } from './store/scripts/erase';
import { learnAlias } from './store/scripts/learn-alias';
import { revoke } from './store/scripts/revoke';
import { TestBatching } from './testing/batching';
import { BY_HABIT, histories, NARROW, SUPERSEDING } from './testing/histories';
import type { World } from './testing/world';

const CONTROL_RUNS = 4_000;

/** Histories that a broken script plays differ from the model's. */
async function expectNoticed(system: TestBatching, script: string, broken: string): Promise<void> {
  expect(SCRIPTS.find(({ name }) => name === script)?.lua === broken).toBe(false);
  const sabotage = ({ store }: World): void => store.runner.define(script, broken);
  const limits = { numRuns: CONTROL_RUNS, endOnFailure: true, seed: 1 };
  const { failed } = await fc.check(histories(system, sabotage), limits);
  expect(failed).toBe(true);
}

describe('the model test', () => {
  let batching: TestBatching;
  let superseding: TestBatching;
  let byHabit: TestBatching;

  beforeAll(async () => {
    [batching, superseding, byHabit] = await Promise.all([
      TestBatching.start(NARROW),
      TestBatching.start(SUPERSEDING),
      TestBatching.start(BY_HABIT),
    ]);
  });
  afterAll(() => Promise.all([batching.stop(), superseding.stop(), byHabit.stop()]));

  it.each([
    [
      'an edit that does not count its bytes',
      editScript.name,
      editScript.lua.replace('s.bytes = s.bytes + more', ''),
    ],
    ['a revocation that is not counted', revoke.name, revoke.lua.replace("count('revoked', 1)", '')],
    [
      'a message that comes after it was taken back, and is stored',
      appendScript.name,
      appendScript.lua.replace("if early == 'revoked' then", 'if false then'),
    ],
    [
      'a claim that is looked at again too late',
      claim.name,
      claim.lua.replace(
        'local look = s.leaseUntil or',
        'local look = s.leaseUntil and s.leaseUntil + 3600000 or',
      ),
    ],
    ['a claim that overlooks a hold', claim.name, claim.lua.replace('if s.heldUntil and', 'if false and')],
    [
      'a message of a blocked sender that is stored',
      appendScript.name,
      appendScript.lua.replace('if (s.blockedUntil or 0) > now then', 'if false then'),
    ],
    ['an erasure that is not counted', erase.name, erase.lua.replace("count('erased', removed)", '')],
    [
      'a window that waits on when its words have come',
      editScript.name,
      editScript.lua.replace('if s.awaits and not awaitsOf(replacement)', 'if false'),
    ],
    [
      'an order that stays with an alias, where nobody can end it',
      learnAlias.name,
      learnAlias.lua.replace('  o[field] = nil\n', ''),
    ],
    ['a stale message in company', claim.name, claim.lua.replace('isAlone or stale or', '')],
  ])('would notice %s', (_, script, broken) => expectNoticed(batching, script, broken), 600_000);

  it.each([
    [
      'a commit that no token fences',
      commitTurn.name,
      commitTurn.lua.replace(
        "if s.turn ~= batchId or token ~= '' and token ~= s.turnToken then",
        'if false then',
      ),
    ],
    [
      'a commit before its window is over',
      commitTurn.name,
      commitTurn.lua.replace('if isAhead(at) then', 'if false then'),
    ],
    [
      'an answer that is committed although the bot is muted',
      commitTurn.name,
      commitTurn.lua.replace('if isOff or (s.mutedUntil or 0) > now then', 'if false then'),
    ],
    [
      'a message that leaves the draft at the bot as it is',
      appendScript.name,
      appendScript.lua.replace('and not isTooOld then supersede() end', 'and false then supersede() end'),
    ],
    [
      'a message that supersedes a draft and leaves its turn',
      appendScript.name,
      appendScript.lua.replace('  dropClaim()\n  dropTurn()\nend', '  dropClaim()\nend'),
    ],
    [
      'a superseded batch that a worker may begin',
      beginTurn.name,
      beginTurn.lua.replace("if wasDraft and redis.call('ZSCORE', superseded, batchId)", 'if false'),
    ],
    [
      'a draft whose messages a finished job takes with it uncounted',
      endTurn.name,
      endTurn.lua.replace("count('delivered', taken)", ''),
    ],
    [
      'a conversation that has too many turns and is not held',
      endTurn.name,
      endTurn.lua.replace('s.hourTurns = s.hourTurns + 1', 's.hourTurns = 0'),
    ],
  ])(
    'would notice, where messages supersede drafts, %s',
    (_, script, broken) => expectNoticed(superseding, script, broken),
    600_000,
  );

  it.each([
    [
      'a commit that counts no turn',
      commitTurn.name,
      commitTurn.lua.replace('s.habitTurns, s.habitSplits = turns + 1,', 'local _, _ = turns + 1,'),
    ],
    [
      'a window that is no longer for a customer who often splits',
      appendScript.name,
      appendScript.lua.replace("share > 0.3 and 'max' or", ''),
    ],
    [
      'a message behind an answer that is taken for a turn of its own',
      claim.name,
      claim.lua.replace('s.goesOn and 2 or', ''),
    ],
  ])(
    'would notice, where the window follows a habit, %s',
    (_, script, broken) => expectNoticed(byHabit, script, broken),
    600_000,
  );
});
