import assert from 'node:assert/strict';
import { type StoredMessage, parseConversationId } from '@app/contracts';
import { readStatistics } from '../operators/statistics';
import { directoryEntry, type Keys } from '../store/keys';
import type { ConversationState } from '../store/scripts/state.fragment';
import type { Model } from './model';
import { bytesOf, heldBy, type ModelConversation } from './model-state';
import type { World } from './world';

/** Reads Redis with plain commands, past the scripts under test, and compares it with the model. */
export async function assertInvariants(world: World, model: Model): Promise<void> {
  await Promise.all([
    ...[...model.conversations].map(([id, conversation]) =>
      assertConversation(world, model, id, conversation),
    ),
    ...world.store.partitions.all.flatMap((keys) => [
      assertIndexes(world, model, keys),
      assertHistory(world, keys),
    ]),
    assertAccounts(world, model),
  ]);
}

async function assertConversation(
  world: World,
  model: Model,
  id: string,
  expected: ModelConversation,
): Promise<void> {
  const { redis } = world.store;
  const keys = world.store.keysOf(parseConversationId(id));
  const [elements, state, score, turnScore, ...ttls] = await Promise.all([
    redis.lrange(keys.messages(id), 0, -1),
    world.store.stateOf(parseConversationId(id)),
    redis.zscore(keys.due, id),
    redis.zscore(keys.turns, id),
    redis.ttl(keys.messages(id)),
    redis.ttl(keys.state(id)),
    redis.ttl(keys.lastMessage(id)),
  ]);
  const stored = elements.map((element) => JSON.parse(element) as StoredMessage);
  const held = heldBy(expected);
  const ids = (messages: { id: string }[]): string[] => messages.map((message) => message.id);
  assert.deepEqual(
    stored.map(({ messageId }) => messageId),
    ids(held),
    `I1: the list of ${id}`,
  );
  assert.deepEqual(
    stored.map(({ seq, text, message, edited, stale, awaits, transcript }) => ({
      ...{ seq, text, message, edited, stale, awaits, transcript },
    })),
    held.map(({ seq, text, edited, isStale, awaits, transcript }) => ({
      ...{ seq, text, message: text, edited, transcript },
      ...{ stale: isStale || undefined, awaits: awaits || undefined },
    })),
    `the texts of ${id}`,
  );
  const bytes = expected.window.length === 0 ? undefined : bytesOf(expected.window);
  assert.equal(state.bytes, bytes, `the bytes of the window of ${id}`);
  assert.equal(state.count ?? 0, expected.claim?.messages.length ?? 0, `the claim of ${id}`);
  if (expected.claim) {
    assert.equal(state.batch, expected.claim.batchId, `the claimed batch of ${id}`);
    assert.deepEqual(
      ids(expected.claim.messages),
      model.contents.get(expected.claim.batchId),
      'a claim never changes',
    );
  }
  const { maxSize, maxWaitMs, maxSupersedes } = expected.limits ?? {};
  const limits = maxSize === undefined ? undefined : [maxSize, maxWaitMs, maxSupersedes];
  assert.deepEqual(state.limits, limits, `the limits of ${id}`);
  assert.equal(state.awaits ?? 0, expected.awaitsUntil, `I10: until when ${id} waits for transcripts`);
  // Before anybody can have seen it run out.
  const awaited = await redis.zscore(keys.awaited, id);
  const isAwaited = expected.window.some(({ awaits }) => awaits > model.latest);
  assert.ok(!isAwaited || awaited !== null, `I10: workers are told that ${id} waits for a transcript`);
  assertTurn(expected, state, turnScore);
  await assertOrders(world, model, id, expected, state);
  const { habitTurns: turns = 0, habitSplits: splits = 0 } = state;
  assert.deepEqual({ turns, splits }, expected.habit, `I9: the habit of the customer of ${id}`);
  if (expected.turn) assert.ok(!ttls.some((ttl) => ttl >= 0), `I1: no key of ${id} may expire in a turn`);
  if (held.length === 0 || (expected.turn && !isClaimed(expected))) {
    assert.equal(score, null, `${id} needs no look: it is empty, or waits for its turn to end`);
    return;
  }
  assert.ok(score !== null, `I4: ${id} is looked at again`);
  assertLook(model, id, expected, Number(score));
  assert.deepEqual(ttls, [-1, -1, -1], `I1: no key of ${id} may expire while it holds a message`);
}

/** True while a batcher has it, for as long as its lease. */
function isClaimed({ claim }: ModelConversation): boolean {
  return claim !== null && !claim.isAtBot;
}

/** I8: the right batch has the turn, and there is a time to ask about it. */
function assertTurn({ turn }: ModelConversation, state: ConversationState, turnScore: string | null): void {
  assert.equal(state.turn, turn?.batchId, 'I8: whose turn it is');
  assert.equal(state.turnToken, turn?.token ?? undefined, 'I8: who has it');
  assert.equal(
    turnScore === null ? null : Number(turnScore),
    turn?.until ?? null,
    'I4: when to ask about it',
  );
}

/** I11: what is ordered, and where operators see it; what was over once may have left the index, also where the clock went back. */
async function assertOrders(
  { redis, store }: World,
  { latest }: Model,
  id: string,
  { heldUntil, mutedUntil, blockedUntil }: ModelConversation,
  state: ConversationState,
): Promise<void> {
  const ordered = { hold: heldUntil, mute: mutedUntil, block: blockedUntil };
  const found = { hold: state.heldUntil, mute: state.mutedUntil, block: state.blockedUntil };
  for (const order of ['hold', 'mute', 'block'] as const) {
    const ends = ordered[order];
    assert.equal(found[order] ?? 0, ends, `I11: until when there is a ${order} of ${id}`);
    const shown = await redis.zscore(store.keysOf(parseConversationId(id)).steered, `${order} ${id}`);
    if (ends > latest) assert.equal(shown, String(ends), `I11: an operator sees the ${order} of ${id}`);
    else assert.ok(Number(shown ?? 0) <= latest, `I11: no operator sees a ${order} of ${id}`);
  }
}

/** The time to look must be no later than needed, or than the clock said when it was set; too early only costs. */
function assertLook(model: Model, id: string, expected: ModelConversation, score: number): void {
  const needed = (isClaimed(expected) ? expected.claim?.leaseUntil : model.dueAt(expected)) ?? 0;
  const latest = model.hasCome(needed) ? model.latest : Math.max(needed, model.latest);
  const message = `I4: ${id} is looked at at ${score}, needed at ${latest}`;
  assert.ok(score <= latest || model.hasCome(score), message);
}

async function assertIndexes({ redis, store }: World, model: Model, keys: Keys): Promise<void> {
  const open = [...model.conversations].filter(
    ([id, c]) => heldBy(c).length > 0 && store.keysOf(parseConversationId(id)) === keys,
  );
  const [directory, due, sizes] = await Promise.all([
    redis.zrange(keys.directory, '0', '-1'),
    redis.zrange(keys.due, '0', '-1'),
    redis.hgetall(keys.sizes),
  ]);
  const looked = open.filter(([, c]) => isClaimed(c) || !c.turn);
  const entries = open.map(([id]) => directoryEntry(parseConversationId(id)));
  assert.deepEqual(directory, entries.sort(), 'the directory names the open conversations');
  assert.deepEqual(due.sort(), looked.map(([id]) => id).sort(), 'the index names those to be looked at');
  const expected: Record<string, string> = {};
  for (const [, c] of open) expected[heldBy(c).length] = String(Number(expected[heldBy(c).length] ?? 0) + 1);
  assert.deepEqual({ ...sizes }, expected, 'the histogram of sizes');
}

/** The history is found by batch id, and an entry that leaves it leaves no trace in its companion keys. */
async function assertHistory({ redis }: World, keys: Keys): Promise<void> {
  const [entries, index, sizes] = await Promise.all([
    redis.xrange(keys.history, '-', '+'),
    redis.hgetall(keys.historyIndex),
    redis.lrange(keys.historySizes, 0, -1),
  ]);
  const ids = entries.map(([id, [, batch]]): [string, string] => [batch ?? '', id]);
  assert.deepEqual({ ...index }, Object.fromEntries(ids), 'the index of the history');
  assert.deepEqual(
    sizes.map((entry) => entry.split(' ')[0]),
    ids.map(([, id]) => id),
    'the sizes of the history',
  );
}

async function assertAccounts(world: World, model: Model): Promise<void> {
  const statistics = await readStatistics(world.store);
  const held = [...model.conversations.values()].reduce((sum, c) => sum + heldBy(c).length, 0);
  assert.deepEqual(statistics.totals, model.totals, 'I5: the accounts');
  assert.equal(statistics.messages, held, 'I5: the pending counter is the length of the lists');
  assert.equal(statistics.balance, 0, 'I5: the accounts balance');
  assert.equal(statistics.paused, model.paused, 'a pause can be seen');
  assert.equal(statistics.deadLetters, model.deadLetters.size, 'the dead letters');
  assert.equal(statistics.turns, [...model.conversations.values()].filter(({ turn }) => turn).length);
  assert.equal(statistics.claimed, [...model.conversations.values()].filter(isClaimed).length);
}

/** I2: every job on the queue is one that the model handed off, once, with the content of its claim. */
export async function assertJobs(world: World, model: Model): Promise<void> {
  const jobs = await world.queue.getJobs(['wait', 'active', 'delayed', 'completed', 'failed', 'prioritized']);
  const found = new Map(
    jobs.map(({ data }) => [data.batchId, data.messages.map(({ messageId }) => messageId)]),
  );
  assert.equal(found.size, jobs.length, 'I2: one job per batch');
  const expected = new Map([...model.jobs].filter(([batchId]) => !model.gone.has(batchId)));
  assert.deepEqual(sortedEntries(found), sortedEntries(expected), 'I2: the jobs are those handed off');
  const messages = [...found].flatMap(([batchId, ids]) => (model.superseded.has(batchId) ? [] : ids));
  assert.equal(new Set(messages).size, messages.length, 'I2: no message is in two jobs');
}

function sortedEntries(map: ReadonlyMap<string, readonly unknown[]>): [string, readonly unknown[]][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
