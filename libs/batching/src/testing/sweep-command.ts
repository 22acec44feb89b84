import assert from 'node:assert/strict';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { type Command, command } from './command';
import type { Model } from './model';
import { idsInOrder, type ModelClaim } from './model-state';

/** A whole pass of the real sweep; what it handed off must be what the model would claim, batch by batch. */
export function sweep(): Command {
  return command('sweep', async (model, world) => {
    await world.sweep.run();
    const jobs = (await world.queue.getJobs(['wait'], 0, -1, true)).map(({ data }) => data);
    for (const [id, c] of model.conversations) {
      if (!c.claim && !c.turn && (model.dueAt(c) ?? Infinity) <= model.now) model.tryClaim(c);
      const keys = world.store.keysOf(parseConversationId(id));
      const batches = jobs.filter(
        ({ conversationId, batchId }) => conversationId === id && !model.jobs.has(batchId),
      );
      const { batch: inHand, leaseUntil } = await world.store.stateOf(parseConversationId(id));
      if (c.claim && !c.claim.isAtBot && (inHand !== c.claim.batchId || leaseUntil === undefined)) {
        assert.ok(model.isClaimable(c), 'a live owner’s batch was taken');
        const job = model.jobs.has(c.claim.batchId) ? null : (batches.shift() ?? null);
        handedOff(model, c.claim.batchId, job, c.claim);
        model.settleInOrder(c);
      }
      for (const batch of batches) {
        assert.ok(model.isClaimable(c), `${batch.batchId} was not due`);
        const claimed = model.claim(c, batch.batchId, '');
        assert.equal(batch.flushReason, claimed.reason);
        assert.equal(batch.answerAt ?? null, claimed.answerAt, 'a draft says when it is answered');
        assert.deepEqual(batch.supersedes ?? [], c.replaced, 'a batch names those that it supersedes');
        assert.equal(batch.follows ?? null, model.aheadOf(c), 'I3: a batch names the one before it');
        handedOff(model, batch.batchId, batch, claimed);
        model.settleInOrder(c);
      }
      const score = Number(await world.redis.zscore(keys.due, id));
      assert.ok(!model.isClaimable(c) || score > model.now, `I4: the sweep left ${id}, which was due`);
    }
  });
}

function handedOff(model: Model, batchId: string, job: MergedMessage | null, { messages }: ModelClaim): void {
  const ids = idsInOrder(messages);
  if (!job) {
    assert.ok(model.jobs.has(batchId), 'settled without a job');
    return;
  }
  assert.equal(job.batchId, batchId);
  assert.deepEqual(
    job.messages.map(({ messageId }) => messageId),
    ids,
  );
  model.jobs.set(batchId, ids);
}
