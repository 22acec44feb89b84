import assert from 'node:assert/strict';
import { encodeBody } from '../contracts/stored-message';
import type { Conversation } from '../conversation';
import { ALIAS, type Command, command, CONVERSATIONS, KNOWN } from './command';
import { aMessage } from './messages';
import { bytesOf, heldBy } from './model';

let lastId = 0;

/** A customer writes. */
export function append(c: Conversation, length: number, direct: boolean, type: string): Command {
  return command(
    `append(${c.id}, ${length} characters${direct ? ', direct' : ''}, ${type})`,
    async (model, world) => {
      const id = `m${(lastId += 1)}`;
      const message = aMessage('x'.repeat(length), { messageId: id, type });
      const home = model.aliases.get(c.id) ?? c.id;
      const expected = model.conversation(home);
      const head = `{"seq":${expected.seq + 1},"receivedAt":${model.now},"timestamp":${model.now},`;
      const bytes = Buffer.byteLength(head + encodeBody(message, c.companyId));
      const held = heldBy(expected);
      const isOverCap =
        held.length >= model.limits.maxPending || bytesOf(held) + bytes > model.limits.maxPendingBytes;
      const appended = await world.batches.append(c, message, direct);
      assert.equal(appended.conversation.id, home);
      if (isOverCap) {
        assert.equal(appended.outcome, 'over-cap');
        return;
      }
      const wasEmpty = expected.window.length === 0;
      model.append(
        home,
        { id, bytes },
        world.settings.window.quietMsByType.get(type) ?? model.limits.quietMs,
        direct,
      );
      model.seen.set(`${c.id} ${id}`, model.now + model.limits.dedupTtlMs);
      const outcome = direct ? 'direct' : model.isFull(expected) ? 'full' : wasEmpty ? 'opened' : 'extended';
      assert.equal(appended.outcome, outcome);
      assert.equal('size' in appended && appended.size, expected.window.length);
      assert.equal('dueAt' in appended && appended.dueAt, expected.turn ? null : model.dueAt(expected));
    },
  );
}

/** The gateway delivers an earlier message again, however its batch has fared since. */
export function redeliver(pick: number): Command {
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

/** A payload shows two ids of one person. */
export function learnAlias(): Command {
  return command('learnAlias', async (model, world) => {
    const { store } = world;
    const isOneSlot = store.keysOf(ALIAS) === store.keysOf(KNOWN);
    const moved = isOneSlot ? model.learnAlias(ALIAS.id, KNOWN.id) : model.forwardAlias(ALIAS.id, KNOWN.id);
    assert.equal(await world.batches.learnAlias(ALIAS, KNOWN), moved);
  });
}
