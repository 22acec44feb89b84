import assert from 'node:assert/strict';
import type { Conversation } from '@app/contracts';
import { eraseConversation } from '../operators/erasure/erasure';
import { type Command, command } from './command';
import type { Model } from './model';
import { dropWindow, freshConversation, heldBy } from './model-state';
import type { World } from './world';

export function redrive(pick: number): Command {
  return command(`redrive(${pick})`, async (model, world) => {
    const [batchId, letter] = [...model.deadLetters][pick % model.deadLetters.size] ?? [];
    if (batchId === undefined || letter === undefined) return;
    const c = model.conversation(letter.conversation);
    const isBusy = c.claim !== null || c.turn !== null || c.replaced.length > 0;
    assert.equal(await world.deadLetters.redrive(batchId), isBusy ? 'busy' : 'redriven');
    if (isBusy) return;
    c.claim = {
      ...letter.claim,
      token: null,
      leaseUntil: model.now,
      attempt: 0,
      failures: 0,
      answerAt: null,
    };
    c.replaced = letter.replaced;
    model.deadLetters.delete(batchId);
    model.totals.buried -= c.claim.messages.length;
  });
}

export function discard(pick: number): Command {
  return command(`discard(${pick})`, async (model, world) => {
    const [batchId, letter] = [...model.deadLetters][pick % model.deadLetters.size] ?? [];
    if (batchId === undefined || letter === undefined) return;
    await discardLetter(model, world, batchId, letter.claim.messages.length);
  });
}

async function discardLetter(model: Model, world: World, batchId: string, messages: number): Promise<void> {
  assert.equal(await world.deadLetters.discard(batchId), messages);
  model.deadLetters.delete(batchId);
  model.totals.buried -= messages;
  model.totals.cleared += messages;
}

export function clear(c: Conversation): Command {
  return command(`clear(${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    if (model.maySupersede(expected, 0, 0)) model.supersede(expected);
    const claimed = expected.claim?.messages.length ?? 0;
    assert.deepEqual(await world.open.clear(c), { cleared: expected.window.length, claimed });
    model.totals.cleared += expected.window.length;
    for (const { id } of expected.window) model.removed.add(id);
    if (expected.window.length > 0) dropWindow(expected);
  });
}

/** A customer is erased: what the conversation holds is in the account of the erased, and nothing is known of it any more. */
export function erase(c: Conversation): Command {
  return command(`erase(${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    const isClaimed = expected.claim !== null && !expected.claim.isAtBot;
    const { outcome } = await eraseConversation(world.store, c);
    assert.equal(outcome, isClaimed ? 'claimed' : 'erased');
    if (isClaimed) return;
    const held = heldBy(expected);
    for (const { id } of held) model.removed.add(id);
    model.totals.erased += held.length;
    // As an erasure goes on: a dead letter of a conversation that nothing is known of any more is not redriven.
    for (const [batchId, letter] of [...model.deadLetters].filter(([, each]) => each.conversation === c.id))
      await discardLetter(model, world, batchId, letter.claim.messages.length);
    Object.assign(expected, freshConversation(expected.companyId));
  });
}

export function flush(c: Conversation): Command {
  return command(`flush(${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    assert.equal(await world.open.flush(c, 'manual'), expected.window.length);
    if (expected.window.length > 0) model.flush(expected, 'manual');
  });
}

export function stop(): Command {
  return command('stop', async (model, world) => {
    assert.equal((await world.pause.stop()).changed, !model.paused);
    model.paused = true;
  });
}

export function resume(): Command {
  return command('resume', async (model, world) => {
    assert.equal((await world.pause.resume()).changed, model.paused);
    model.paused = false;
  });
}
