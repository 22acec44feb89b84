import assert from 'node:assert/strict';
import { encodeBody, type IncomingMessage, type Conversation } from '@app/contracts';
import { ALIAS, type Command, command, CONVERSATIONS, KNOWN } from './command';
import { aMessage } from './messages';
import type { Model } from './model';
import { bytesOf, heldBy, type ModelConversation, type ModelEdit } from './model-state';

let lastId = 0;

/** The id of the next message. */
export function nextId(): string {
  return `m${lastId + 1}`;
}

/** A customer writes. */
export function append(c: Conversation, length: number, direct: boolean, type: string, ageMs = 0): Command {
  return command(
    `append(${c.id}, ${length} characters${direct ? ', direct' : ''}, ${type}, ${ageMs} ms old)`,
    async (model, world) => {
      const id = `m${(lastId += 1)}`;
      const written = aMessage('x'.repeat(length), {
        messageId: id,
        type,
        timestamp: ageMs === 0 ? null : model.now - ageMs,
        ...(type === 'voice' && { awaitsWords: true }),
      });
      const awaits = type === 'voice' && !direct ? model.now + world.settings.transcription.timeoutMs : 0;
      const home = model.aliases.get(c.id) ?? c.id;
      const expected = model.conversation(home);
      const company = model.companyOf(expected);
      const change = model.changeOf(`${String(c.companyId)} ${id}`);
      if (expected.blockedUntil > model.now) {
        assert.equal((await world.batches.append(c, written, direct)).outcome, 'blocked');
        model.totals.blocked += 1;
        return;
      }
      if (change === 'revoked') {
        assert.equal((await world.batches.append(c, written, direct)).outcome, 'revoked');
        model.totals.accepted += 1;
        model.totals.revoked += 1;
        model.seen.set(`${c.id} ${id}`, model.now + model.limits.dedupTtlMs);
        return;
      }
      const message = change ? asEdited(written, change, model.limits.maxBytes, c) : written;
      const isStale = ageMs > world.settings.window.maxMessageAgeMs;
      const times = `"receivedAt":${model.now},"timestamp":${model.now - ageMs},`;
      const marks = `${isStale ? '"stale":true,' : ''}${awaits > 0 ? `"awaits":${awaits},` : ''}`;
      const head = `{"seq":${expected.seq + 1},${times}${marks}`;
      const bytes = Buffer.byteLength(head + encodeBody(message, c.companyId));
      const held = heldBy(expected);
      const isOverCap =
        held.length >= model.limits.maxPending ||
        (held.length > 0 && bytesOf(held) + bytes > model.limits.maxPendingBytes);
      const appended = await world.batches.append(c, written, direct);
      assert.equal(appended.conversation.id, home);
      if (isOverCap) {
        assert.equal(appended.outcome, 'over-cap');
        return;
      }
      model.bringLimits(expected);
      const wasEmpty = expected.window.length === 0 && (isStale || !model.maySupersede(expected, 1, bytes));
      model.append(
        home,
        { id, bytes, isStale, awaits, text: message.text, ...(message.edited && { edited: message.edited }) },
        world.settings.window.quietMsByType.get(type) ?? (model.limits.byHabit ? 0 : company.quietMs),
        direct,
      );
      model.seen.set(`${c.id} ${id}`, model.now + model.limits.dedupTtlMs);
      model.changes.delete(`${String(c.companyId)} ${id}`);
      const outcome = direct ? 'direct' : model.isFull(expected) ? 'full' : wasEmpty ? 'opened' : 'extended';
      assert.equal(appended.outcome, outcome);
      assert.equal('size' in appended && appended.size, expected.window.length);
      assert.equal('dueAt' in appended && appended.dueAt, expected.turn ? null : model.dueAt(expected));
    },
  );
}

/** A message that comes after its edit; if the edit makes it too large for a batch, it keeps its own text. */
function asEdited(
  message: IncomingMessage,
  { text, mark }: ModelEdit,
  maxBytes: number,
  { companyId }: Conversation,
): IncomingMessage {
  const whole = { ...message, text: text ?? message.text, edited: mark };
  const fits = Buffer.byteLength(encodeBody(whole, companyId)) <= maxBytes;
  return fits ? whole : { ...message, edited: { ...mark, readable: false } };
}

/** The gateway delivers an earlier message again, whatever has happened to its batch. */
export function redeliver(pick: number): Command {
  return command(`redeliver(${pick})`, async (model, world) => {
    const known = [...model.seen].filter(([, forgottenAt]) => forgottenAt > model.now);
    const [key] = known[pick % known.length] ?? [];
    if (key === undefined) return;
    const [id = '', messageId = ''] = key.split(' ');
    const c = CONVERSATIONS.find((one) => one.id === id) as Conversation;
    const appended = await world.batches.append(c, aMessage('again', { messageId }));
    assert.equal(appended.outcome, 'duplicate');
    model.seen.set(key, model.now + model.limits.dedupTtlMs);
    model.totals.duplicates += 1;
  });
}

/** The customer types, or has stopped. */
export function type(c: Conversation, isTyping: boolean): Command {
  return command(`type(${c.id}${isTyping ? '' : ', ended'})`, async (model, world) => {
    const expected = model.home(c.id);
    const isOpen = expected.window.length > 0 || expected.turn !== null;
    if (isOpen) typeIn(model, expected, isTyping);
    const outcome = !isOpen ? 'no-window' : isTyping ? 'extended' : 'ended';
    assert.equal(await world.typingAndHold.typing(c, isTyping), outcome);
  });
}

/** Also in the conversation whose batch is in the turn, if that is an alias's. */
function typeIn(model: Model, c: ModelConversation, isTyping: boolean): void {
  const typingUntil = isTyping ? model.now + model.companyOf(c).quietMs : 0;
  c.typingUntil = typingUntil;
  const { of = null } = c.turn ?? {};
  const other = of === null ? null : model.conversation(of);
  if (other && (other.window.length > 0 || other.turn)) other.typingUntil = typingUntil;
}

/** A human answers from the phone. */
export function hold(c: Conversation): Command {
  return command(`hold(${c.id})`, async (model, world) => {
    const expected = model.home(c.id);
    if (model.maySupersede(expected, 0, 0)) model.supersede(expected);
    const before = model.hasCome(expected.heldUntil) ? 0 : expected.heldUntil;
    expected.heldUntil = Math.max(before, model.now + world.settings.humanReply.holdMs);
    assert.equal(await world.typingAndHold.hold(c), 'held');
  });
}

/** A payload shows two ids of one person. */
export function learnAlias(): Command {
  return command('learnAlias', async (model, world) => {
    const { store } = world;
    const isOneSlot = store.keysOf(ALIAS) === store.keysOf(KNOWN);
    const moved = isOneSlot ? model.learnAlias(ALIAS.id, KNOWN.id) : model.forwardAlias(ALIAS.id, KNOWN.id);
    assert.equal(await world.aliases.learn(ALIAS, KNOWN), moved);
  });
}
