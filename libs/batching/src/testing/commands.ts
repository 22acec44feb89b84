import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodeBody } from '../contracts/stored-message';
import type { MergedMessage } from '../contracts/merged-message';
import { type Conversation, conversationOf } from '../conversation';
import { merge } from '../merge';
import { assertInvariants } from './invariants';
import { aMessage } from './messages';
import { bytesOf, heldBy, idsInOrder, type Model, type ModelClaim } from './model';
import type { Owner, World } from './world';

type Command = fc.AsyncCommand<Model, World>;

/** Three conversations, two of them of one customer, whose companies must never share anything. */
const CONVERSATIONS: Conversation[] = [
  conversationOf('79001234567', 1),
  conversationOf('79001234567', 2),
  conversationOf('wa-lid:241758390126644', null),
];

const conversation = fc.constantFrom(...CONVERSATIONS);
const owner = fc.nat(2);
let lastId = 0;

/** A command that can always be tried; after it every invariant is checked. */
function command(name: string, act: (model: Model, world: World) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, world) => {
      await act(model, world);
      await assertInvariants(world, model);
    },
    toString: () => name,
  };
}

function append(c: Conversation, length: number, direct: boolean, type: string): Command {
  return command(
    `append(${c.id}, ${length} characters${direct ? ', direct' : ''}, ${type})`,
    async (model, world) => {
      const id = `m${(lastId += 1)}`;
      const message = aMessage('x'.repeat(length), { messageId: id, type });
      const expected = model.conversation(c.id);
      const head = `{"seq":${expected.seq + 1},"receivedAt":${model.now},"timestamp":${model.now},`;
      const bytes = Buffer.byteLength(head + encodeBody(message, c.companyId));
      const held = heldBy(expected);
      const isOverCap =
        held.length >= model.limits.maxPending || bytesOf(held) + bytes > model.limits.maxPendingBytes;
      const appended = await world.batches.append(c, message, direct);
      if (isOverCap) {
        assert.equal(appended.outcome, 'over-cap');
        return;
      }
      const wasEmpty = expected.window.length === 0;
      model.append(
        c.id,
        { id, bytes },
        world.settings.window.quietMsByType.get(type) ?? model.limits.quietMs,
        direct,
      );
      model.seen.set(`${c.id} ${id}`, model.now + model.limits.dedupTtlMs);
      const outcome = direct ? 'direct' : model.isFull(expected) ? 'full' : wasEmpty ? 'opened' : 'extended';
      assert.equal(appended.outcome, outcome);
      assert.equal('size' in appended && appended.size, expected.window.length);
      assert.equal('dueAt' in appended && appended.dueAt, model.dueAt(expected));
    },
  );
}

/** The gateway delivers an earlier message again, however its batch has fared since. */
function redeliver(pick: number): Command {
  return command(`redeliver(${pick})`, async (model, world) => {
    const known = [...model.seen].filter(([, forgottenAt]) => forgottenAt > model.now);
    const [key] = known[pick % known.length] ?? [];
    if (key === undefined) return;
    const [id = '', messageId = ''] = key.split(' ');
    const c = CONVERSATIONS.find((one) => one.id === id) as Conversation;
    const appended = await world.batches.append(c, aMessage('again', { messageId }));
    assert.equal(appended.outcome, 'duplicate');
    model.totals.duplicates += 1;
  });
}

function claim(index: number, c: Conversation): Command {
  return command(`claim(owner ${index}, ${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    const claimable = model.isClaimable(expected);
    const claimed = await world.claims.claim(c.id);
    assert.equal(
      claimed !== null,
      claimable,
      claimable ? 'what is due can be claimed' : 'nothing is due, or it is taken',
    );
    if (!claimed) return;
    const before = expected.claim?.batchId;
    const { batchId, reason, messages, attempt } = model.claim(expected, claimed.batchId, claimed.token);
    if (before !== undefined) assert.equal(claimed.batchId, before, 'a dead owner’s batch keeps its id');
    assert.deepEqual(
      {
        batchId: claimed.batchId,
        reason: claimed.reason,
        attempt: claimed.attempt,
        ids: claimed.messages.map((m) => m.messageId),
      },
      { batchId, reason, attempt, ids: messages.map(({ id }) => id) },
    );
    Object.assign(world.owner(index), { claim: claimed, claimedAtMs: world.monotonicMs });
  });
}

/** The model's view of what an owner holds: null where its token has been overtaken. */
function current(model: Model, { claim: held }: Owner): ModelClaim | null {
  const known = held && model.conversation(held.conversation.id).claim;
  return known && known.token === held.token ? known : null;
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

const handOff = (index: number): Command =>
  act('handOff', index, async (model, world, { claimedAtMs }, held) => {
    const message = merge(held.conversation, held, ' ');
    const [outcome] = await world.handOff.deliver([[held, message]], claimedAtMs);
    const late = world.monotonicMs - claimedAtMs > model.limits.leaseMs / 2;
    assert.equal(outcome?.kind, late ? 'unavailable' : 'queued');
    if (!late && !model.jobs.has(held.batchId)) {
      model.jobs.set(
        held.batchId,
        message.messages.map(({ messageId }) => messageId ?? ''),
      );
    }
  });

/** Settling follows a hand-off; the model test never settles what has no job, as the sweep never does. */
const settle = (index: number): Command =>
  act('settle', index, async (model, world, owner, held) => {
    if (!model.jobs.has(held.batchId)) return;
    const mine = current(model, owner);
    assert.equal(await world.claims.settle(held), mine ? 'settled' : 'stale');
    if (mine) model.settle(model.conversation(held.conversation.id));
  });

const release = (index: number, delayMs: number, failed: boolean): Command =>
  act(`release(${delayMs} ms${failed ? ', failed' : ''})`, index, async (model, world, owner, held) => {
    const mine = current(model, owner);
    assert.equal(await world.claims.release(held, delayMs, failed), mine ? 'released' : 'stale');
    if (mine)
      Object.assign(mine, {
        token: null,
        held: model.now + delayMs,
        failures: mine.failures + Number(failed),
      });
  });

const bury = (index: number): Command =>
  act('bury', index, async (model, world, owner, held) => {
    if (await world.handOff.has(held.batchId)) return;
    const mine = current(model, owner);
    assert.equal(await world.claims.bury(held, 'refused'), mine ? 'buried' : 'stale');
    if (!mine) return;
    const c = model.conversation(held.conversation.id);
    model.deadLetters.set(held.batchId, { conversation: held.conversation.id, claim: mine });
    model.totals.buried += mine.messages.length;
    c.claim = null;
  });

const crash = (index: number): Command =>
  command(`crash(owner ${index})`, (_, world) => {
    world.owner(index).claim = null;
    return Promise.resolve();
  });

function redrive(pick: number): Command {
  return command(`redrive(${pick})`, async (model, world) => {
    const [batchId, letter] = [...model.deadLetters][pick % model.deadLetters.size] ?? [];
    if (batchId === undefined || letter === undefined) return;
    const c = model.conversation(letter.conversation);
    assert.equal(await world.deadLetters.redrive(batchId), c.claim ? 'busy' : 'redriven');
    if (c.claim) return;
    c.claim = { ...letter.claim, token: null, held: model.now, attempt: 0, failures: 0 };
    model.deadLetters.delete(batchId);
    model.totals.buried -= c.claim.messages.length;
  });
}

function discard(pick: number): Command {
  return command(`discard(${pick})`, async (model, world) => {
    const [batchId, letter] = [...model.deadLetters][pick % model.deadLetters.size] ?? [];
    if (batchId === undefined || letter === undefined) return;
    assert.equal(await world.deadLetters.discard(batchId), letter.claim.messages.length);
    model.deadLetters.delete(batchId);
    model.totals.buried -= letter.claim.messages.length;
    model.totals.cleared += letter.claim.messages.length;
  });
}

function clear(c: Conversation): Command {
  return command(`clear(${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    const claimed = expected.claim?.messages.length ?? 0;
    assert.deepEqual(await world.batches.clear(c), { cleared: expected.window.length, claimed });
    model.totals.cleared += expected.window.length;
    expected.window = [];
  });
}

function flush(c: Conversation): Command {
  return command(`flush(${c.id})`, async (model, world) => {
    const expected = model.conversation(c.id);
    assert.equal(await world.batches.flush(c, 'manual'), expected.window.length);
    if (expected.window.length > 0) model.flush(expected, 'manual');
  });
}

function stop(): Command {
  return command('stop', async (model, world) => {
    assert.equal((await world.pause.stop()).changed, !model.paused);
    model.paused = true;
  });
}

function resume(): Command {
  return command('resume', async (model, world) => {
    assert.equal((await world.pause.resume()).changed, model.paused);
    model.paused = false;
  });
}

/** Time goes on, or back, as a clock does that somebody sets; the monotonic one only goes on. */
function pass(ms: number): Command {
  return command(`pass(${ms} ms)`, (model, world) => {
    model.pass(ms);
    world.monotonicMs += Math.max(0, ms);
    return Promise.resolve();
  });
}

/** A whole pass of the real sweep; what it handed off must be what the model would claim, batch by batch. */
function sweep(): Command {
  return command('sweep', async (model, world) => {
    await world.sweep.run();
    const jobs = (await world.queue.getJobs(['wait'], 0, -1, true)).map(({ data }) => data);
    for (const [id, c] of model.conversations) {
      const batches = jobs.filter(
        ({ conversationId, batchId }) => conversationId === id && !model.jobs.has(batchId),
      );
      if (c.claim && (await world.redis.hget(world.store.keys.state(id), 'batch')) !== c.claim.batchId) {
        assert.ok(model.isClaimable(c), 'a live owner’s batch was taken');
        const job = model.jobs.has(c.claim.batchId) ? null : (batches.shift() ?? null);
        handedOff(model, c.claim.batchId, job, c.claim);
        model.settle(c);
      }
      for (const batch of batches) {
        assert.ok(model.isClaimable(c), `${batch.batchId} was not due`);
        const claimed = model.claim(c, batch.batchId, '');
        assert.equal(batch.flushReason, claimed.reason);
        handedOff(model, batch.batchId, batch, claimed);
        model.settle(c);
      }
      const score = Number(await world.redis.zscore(world.store.keys.due, id));
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

/** Everything that can happen, the frequent more often. */
export function anyCommands(maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  return fc.commands(
    [
      fc
        .tuple(
          conversation,
          fc.integer({ min: 1, max: 400 }),
          fc.constant(false),
          fc.constantFrom('text', 'audio'),
        )
        .map((args) => append(...args)),
      fc
        .tuple(conversation, fc.constant(5), fc.boolean(), fc.constant('text'))
        .map((args) => append(...args)),
      fc.tuple(owner, conversation).map((args) => claim(...args)),
      fc.tuple(owner, conversation).map((args) => claim(...args)),
      owner.map(handOff),
      owner.map(handOff),
      owner.map(settle),
      owner.map(settle),
      owner.map(crash),
      fc.tuple(owner, fc.constantFrom(0, 500, 30_000), fc.boolean()).map((args) => release(...args)),
      owner.map(bury),
      fc.nat(5).map(redeliver),
      fc.nat(3).map(redrive),
      fc.nat(3).map(discard),
      conversation.map(clear),
      conversation.map(flush),
      fc.constantFrom(100, 1_000, 2_500, 6_000, 11_000).map(pass),
      fc.constantFrom(-500, -20_000, -400_000).map(pass),
      fc.constant(sweep()),
      fc.constant(stop()),
      fc.constant(resume()),
      fc.constant(resume()),
    ],
    { maxCommands, size: 'max' },
  );
}
