import assert from 'node:assert/strict';
import type { FlushReason } from '@app/contracts';
import type { Totals } from '../operators/statistics';
import { bytesOf, type ModelConversation, type ModelMessage } from './model-state';
import { ModelWindows } from './model-windows';

/** What the model makes of a batch that is not yet committed. */
export class ModelDrafts extends ModelWindows {
  /** Batches whose answers are never sent, because a later batch has their messages. */
  readonly superseded = new Set<string>();
  /** Batches of which a reply was sent. */
  readonly replied = new Set<string>();
  /** Messages that left their conversation other than in a batch. */
  readonly removed = new Set<string>();
  /** Batch → the ids of its messages, as first claimed. */
  readonly contents = new Map<string, string[]>();
  readonly totals: Totals = {
    accepted: 0,
    duplicates: 0,
    delivered: 0,
    answered: 0,
    cleared: 0,
    revoked: 0,
    blocked: 0,
    slowed: 0,
    erased: 0,
    merged: 0,
    buried: 0,
  };

  /** True if a draft, the window behind it and so much more become one window again. */
  maySupersede(c: ModelConversation, messages: number, bytes: number): boolean {
    const { claim, window } = c;
    const { maxSize, maxWaitMs } = this.within(c);
    if (!claim?.isAtBot) return false;
    const all = [...claim.messages, ...window];
    const fits = all.length + messages <= maxSize && bytesOf(all) + bytes <= this.limits.maxBytes;
    return fits && !window.some(({ isStale }) => isStale) && !this.hasCome(claim.openedAt + maxWaitMs);
  }

  supersede(c: ModelConversation): void {
    const { claim } = c;
    assert.ok(claim?.answerAt, 'only a draft is superseded');
    assert.ok(!this.replied.has(claim.batchId), 'a batch is superseded before its answer is sent');
    const isOpen = c.window.length > 0;
    c.replaced = [...c.replaced, claim.batchId];
    // No company may have it done more often than the others.
    assert.ok(c.replaced.length <= this.limits.maxSupersedes, 'not too often');
    this.superseded.add(claim.batchId);
    c.quietUntil = Math.max(isOpen ? c.quietUntil : 0, claim.answerAt);
    if (!isOpen) c.why = claim.window?.why ?? '';
    c.goesOn = claim.shows === 2;
    c.openedAt = claim.openedAt;
    c.startAt = 0;
    c.window = [...claim.messages, ...c.window];
    c.claim = null;
    c.turn = null;
    c.done = null;
  }

  /** The batch in hand is delivered: it holds all messages of those that it supersedes. */
  commit(c: ModelConversation): void {
    const { claim } = c;
    if (!claim) return;
    const ids = new Set(claim.messages.map(({ id }) => id));
    for (const batchId of c.replaced)
      for (const id of this.contents.get(batchId) ?? [])
        assert.ok(ids.has(id) || this.removed.has(id), `${id} of ${batchId} is in the batch that names it`);
    this.totals.delivered += claim.messages.length;
    if (claim.shows !== null) this.learn(c, claim.shows);
    c.claim = null;
    c.done = null;
    c.replaced = [];
  }

  /** Only a whole window that silence has ended may still be superseded. */
  protected isDraft(c: ModelConversation, batch: readonly ModelMessage[], reason: FlushReason): boolean {
    const { maxSupersedes, maxWaitMs } = this.within(c);
    if (!this.makesDrafts(c) || reason !== 'quiet' || batch.length < c.window.length || batch[0]?.isStale)
      return false;
    return !this.hasCome(c.openedAt + maxWaitMs) && c.replaced.length < maxSupersedes;
  }
}
