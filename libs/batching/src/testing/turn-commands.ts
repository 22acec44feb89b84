import assert from 'node:assert/strict';
import { type Conversation, parseConversationId } from '@app/contracts';
import { lockKey } from '../queue/queue';
import { type Command, command } from './command';
import { holdJob, LOCK } from './held-job';
import type { Model } from './model';
import type { ModelConversation } from './model-state';
import type { World } from './world';

export function showWorker(): Command {
  return command('showWorker', async (model, world) => {
    await world.turns.showWorker();
    model.workerSeen = true;
  });
}

/** Any batch on the queue, and its conversation. */
async function pickJob(
  model: Model,
  world: World,
  pick: number,
): Promise<{
  conversation: Conversation;
  batchId: string;
  follows: string | undefined;
  final: boolean | undefined;
  expected: ModelConversation;
} | null> {
  const batchId = [...model.jobs.keys()].at(-1 - (pick % Math.max(1, model.jobs.size)));
  const job = batchId === undefined ? undefined : await world.queue.getJob(batchId);
  if (batchId === undefined || !job) return null;
  const conversation = parseConversationId(job.data.conversationId);
  const { follows, final } = job.data;
  return { conversation, batchId, follows, final, expected: model.conversation(conversation.id) };
}

/** The queue gives a batch to a worker, perhaps one that another worker has. */
export function begin(index: number, pick: number): Command {
  return command(`begin(worker ${index}, ${pick})`, async (model, world) => {
    const job = await pickJob(model, world, pick);
    if (!job) return;
    const { conversation, batchId, expected } = job;
    const turn = await world.turns.begin(conversation, job);
    // A job that is not gone is still on the queue here: no consumer ends a job.
    const isBehind = job.follows !== undefined && !model.gone.has(job.follows);
    const isSuperseded = model.superseded.has(batchId);
    const isNext = model.mayBegin(expected, batchId) && (!isBehind || expected.turn?.batchId === batchId);
    const mayBegin = isNext && !isSuperseded;
    assert.equal(typeof turn !== 'string', mayBegin, 'I8: one batch at the bot at a time, in order');
    if (typeof turn === 'string') return;
    assert.equal(turn.isMuted, model.isSilent(conversation.id), 'I9: no bot is called while it is muted');
    expected.turn = {
      batchId,
      of: null,
      token: turn.token,
      until: model.now + model.limits.askAfterMs,
      began: model.now,
      openedAt: openedAtOf(model, expected, batchId),
    };
    world.bot(index).turn = turn;
  });
}

/** When the first message of a batch came, as far as its conversation still knows. */
function openedAtOf({ now }: Model, { turn, claim }: ModelConversation, batchId: string): number {
  return turn?.openedAt ?? (claim?.batchId === batchId ? claim.openedAt : now);
}

/** A worker has the bot's answer, which it may send only while the turn is its own. */
export function end(index: number): Command {
  return command(`end(worker ${index})`, async (model, world) => {
    const { turn } = world.bot(index);
    if (!turn) return;
    const c = model.conversation(turn.conversation.id);
    assert.equal(await world.turns.isHeld(turn), model.isHeld(c, turn.token));
    const own = model.commitTurn(c, turn.batchId, turn.token);
    const commit = own === 'committed' && model.isSilent(turn.conversation.id) ? 'muted' : own;
    assert.equal((await world.turns.commit(turn)).outcome, commit, 'what becomes of the answer');
    if (commit === 'wait') return;
    if (commit === 'muted') return endMuted(model, world, index);
    const isOurs = c.turn?.token === turn.token;
    // A commit begins the time of a turn anew.
    const isHeld = model.isHeld(c, turn.token) && !model.gone.has(turn.batchId);
    await holdJob(world.store, turn.batchId);
    const reply = await world.permits.ask(turn, '0', LOCK);
    if (reply === 'send') {
      assert.ok(!model.superseded.has(turn.batchId), 'the answer to a superseded batch is not sent');
      model.replied.add(turn.batchId);
    }
    if (!isHeld) assert.equal(reply, 'stale', 'a late answer is not sent');
    else if (reply === 'send') assert.equal(await world.permits.ask(turn, '0', LOCK), 'already');
    await world.store.redis.del(lockKey(world.store.settings, turn.batchId));
    const hasAnswered = reply === 'send';
    const outcome = await world.turns.end(turn, { isDelivered: true, hasAnswered });
    if (isOurs) model.endTurn(c, turn.batchId);
    if (isOurs && hasAnswered) c.answeredAt = model.now;
    const ended = isOurs && model.brakes(c) ? 'held' : 'ended';
    assert.equal(outcome, isOurs ? ended : 'stale', 'I10: no bot answers itself for ever');
    world.bot(index).turn = null;
  });
}

/** I9: nothing of the answer is sent; what the batch holds is delivered, and the conversation goes on. */
async function endMuted(model: Model, world: World, index: number): Promise<void> {
  const { turn } = world.bot(index);
  if (!turn) return;
  assert.equal(await world.turns.end(turn), 'ended');
  model.endTurn(model.conversation(turn.conversation.id), turn.batchId);
  world.bot(index).turn = null;
}

/** The queue or an operator knows that a batch is done. */
export function done(pick: number): Command {
  return command(`done(${pick})`, async (model, world) => {
    const job = await pickJob(model, world, pick);
    if (!job) return;
    const { conversation, batchId, expected } = job;
    const ends = expected.turn ? expected.turn.batchId === batchId : expected.claim?.batchId === batchId;
    assert.equal(await world.turns.endOf(conversation, batchId), ends ? 'ended' : 'stale');
    if (ends) model.endTurn(expected, batchId);
  });
}

/** The queue reports that a turn's job is not finished. */
export function judge(c: Conversation, isActive: boolean): Command {
  return command(`judge(${c.id}${isActive ? ', active' : ''})`, async (model, world) => {
    const expected = model.conversation(c.id);
    if (!expected.turn) return;
    const { turn } = expected;
    turn.began = isActive ? Math.min(turn.began ?? model.now, model.now) : null;
    const last = turn.began === null ? Infinity : turn.began + model.limits.turnMaxMs;
    const judgement = last <= model.now ? 'expired' : 'kept';
    assert.equal(await world.turns.judge(c, turn.batchId, isActive), judgement);
    turn.until = Math.min(model.now + model.limits.askAfterMs, last);
    if (judgement === 'expired') model.endTurn(expected, expected.claim?.isAtBot ? turn.batchId : '');
  });
}
