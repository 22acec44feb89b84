import assert from 'node:assert/strict';
import type { Conversation } from '@app/contracts';
import { merge } from '../hand-off/merge';
import { type Command, command } from './command';
import type { Model } from './model';
import type { ModelClaim } from './model-state';
import type { Owner, World } from './world';

/** A batcher tries to claim, whatever it held before. */
export function claim(index: number, c: Conversation): Command {
  return command(`claim(owner ${index}, ${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    model.tryClaim(expected);
    const claimable = model.isClaimable(expected);
    const claimed = await world.claims.claim(c.id);
    assert.equal(
      claimed !== null,
      claimable,
      claimable ? 'what is due can be claimed' : 'nothing is due, or it is taken',
    );
    if (!claimed) return;
    const before = expected.claim?.batchId;
    const { batchId, reason, messages, attempt, answerAt, window } = model.claim(
      expected,
      claimed.batchId,
      claimed.token,
    );
    if (before !== undefined) assert.equal(claimed.batchId, before, 'a dead owner’s batch keeps its id');
    assert.deepEqual(
      {
        batchId: claimed.batchId,
        reason: claimed.reason,
        attempt: claimed.attempt,
        ids: claimed.messages.map((m) => m.messageId),
        answerAt: claimed.answerAt,
        supersedes: claimed.supersedes,
        window: claimed.window,
      },
      {
        ...{ batchId, reason, attempt, ids: messages.map(({ id }) => id) },
        ...{ answerAt, supersedes: expected.replaced, window },
      },
    );
    Object.assign(world.owner(index), { claim: claimed, claimedAtMs: world.monotonicMs });
  });
}

/** The model's view of an owner's claim: null if another claim has replaced its token. */
function current(model: Model, { claim: held }: Owner): ModelClaim | null {
  const known = held && model.conversation(held.conversation.id).claim;
  return known && !known.isAtBot && known.token === held.token ? known : null;
}

function act(
  name: string,
  index: number,
  run: (model: Model, world: World, owner: Owner, claim: NonNullable<Owner['claim']>) => Promise<void>,
): Command {
  return command(`${name}(owner ${index})`, async (model, world) => {
    const acting = world.owner(index);
    if (acting.claim) await run(model, world, acting, acting.claim);
  });
}

export const handOff = (index: number): Command =>
  act('handOff', index, async (model, world, { claimedAtMs }, held) => {
    // Once it has settled the batch, an owner hands it off no more, even if its job has gone since.
    if (model.gone.has(held.batchId) && !current(model, world.owner(index))) return;
    const message = merge(held.conversation, held, ' ');
    const [outcome] = await world.handOff.deliver([message], claimedAtMs);
    const late = world.monotonicMs - claimedAtMs > model.limits.leaseMs / 2;
    assert.equal(outcome?.kind, late ? 'unavailable' : 'queued');
    if (!late && !model.jobs.has(held.batchId)) {
      model.jobs.set(
        held.batchId,
        message.messages.map(({ messageId }) => messageId ?? ''),
      );
    }
  });

/** Settling follows a hand-off; like the sweep, the model test never settles a batch without a job. */
export const settle = (index: number): Command =>
  act('settle', index, async (model, world, owner, held) => {
    if (!model.jobs.has(held.batchId)) return;
    const mine = current(model, owner);
    assert.equal(await world.claims.settle(held), mine ? 'settled' : 'stale');
    if (mine) await world.handOff.forget([held.batchId]);
    if (mine) model.settle(model.conversation(held.conversation.id));
  });

export const release = (index: number, delayMs: number, failed: boolean): Command =>
  act(`release(${delayMs} ms${failed ? ', failed' : ''})`, index, async (model, world, owner, held) => {
    const mine = current(model, owner);
    assert.equal(await world.claims.release(held, delayMs, failed), mine ? 'released' : 'stale');
    if (mine)
      Object.assign(mine, {
        token: null,
        leaseUntil: model.now + delayMs,
        failures: mine.failures + Number(failed),
      });
  });

/** The job of a batch whose owner has not settled it is done, and removed by age. */
export const outlive = (index: number): Command =>
  act('outlive', index, async (model, world, owner, held) => {
    const isJobOfClaim = current(model, owner) && model.jobs.has(held.batchId);
    if (!isJobOfClaim || model.gone.has(held.batchId)) return;
    await world.redis.lrem(world.queue.toKey('wait'), 1, held.batchId);
    await world.redis.del(world.queue.toKey(held.batchId));
    model.gone.add(held.batchId);
  });

export const bury = (index: number): Command =>
  act('bury', index, async (model, world, owner, held) => {
    if (await world.handOff.has(held.batchId)) return;
    const mine = current(model, owner);
    assert.equal(await world.claims.bury(held, 'refused'), mine ? 'buried' : 'stale');
    if (!mine) return;
    const c = model.conversation(held.conversation.id);
    model.deadLetters.set(held.batchId, {
      ...{ conversation: held.conversation.id, replaced: c.replaced, claim: mine },
    });
    model.totals.buried += mine.messages.length;
    c.claim = null;
    c.done = null;
    c.replaced = [];
  });

export const crash = (index: number): Command =>
  command(`crash(owner ${index})`, (_, world) => {
    world.owner(index).claim = null;
    return Promise.resolve();
  });
