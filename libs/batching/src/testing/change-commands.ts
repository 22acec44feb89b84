import assert from 'node:assert/strict';
import { type EditMark, type Conversation } from '@app/contracts';
import type { ChangeOutcome } from '../changes/changes';
import type { MessageAddress } from '../store/message-identity';
import { type Command, command, CONVERSATIONS } from './command';
import { nextId } from './customer-commands';
import type { Model } from './model';
import { bytesOf, dropWindow, heldBy, type ModelConversation, type ModelMessage } from './model-state';

/** The message that is meant: an earlier one, or the next one. */
export interface Target {
  conversation: Conversation;
  pick: number;
  isEarly: boolean;
  /** The gateway says whose message it is, not only its id. */
  hasHint: boolean;
}

/** The model's view of the message that a change is about. */
interface Aim {
  key: string;
  address: MessageAddress;
  hint: Conversation | null;
  isKnown: boolean;
  /** Where it is pending; null if the id does not lead to a pending message. */
  place: { home: ModelConversation; message: ModelMessage } | null;
}

function aim(model: Model, target: Target): Aim | null {
  const [key, until] = [...model.seen][target.pick % model.seen.size] ?? [];
  if (!target.isEarly && key === undefined) return null;
  const [conversationId, messageId = ''] = target.isEarly
    ? [target.conversation.id, nextId()]
    : (key as string).split(' ');
  const c = CONVERSATIONS.find(({ id }) => id === conversationId) as Conversation;
  const isKnown = !target.isEarly && (until ?? 0) > model.now;
  const home = model.home(c.id);
  const changeable = home.claim?.isAtBot ? heldBy(home) : home.window;
  const message = changeable.find(({ id }) => id === messageId);
  const canBeFound = isKnown || target.hasHint;
  return {
    key: `${String(c.companyId)} ${messageId}`,
    address: { companyId: c.companyId, gateway: 'generic', account: null, messageId },
    hint: target.hasHint ? c : null,
    isKnown,
    place: message && canBeFound ? { home, message } : null,
  };
}

/** The author edits a message. */
export function edit(target: Target, length: number, ageMs: number, id: string, readable: boolean): Command {
  const name = `edit(${JSON.stringify(target)}, ${length} characters, ${ageMs} ms ago, ${id})`;
  return command(name, async (model, world) => {
    const aimed = aim(model, target);
    if (!aimed) return;
    const text = readable ? 'y'.repeat(length) : null;
    const mark: EditMark = { at: model.now - ageMs, id, readable };
    const expected = expectEdit(model, aimed, text, mark);
    const { outcome } = await world.changes.edit(aimed.address, { at: mark.at, id, text }, aimed.hint);
    assert.equal(outcome, expected, `an edit is ${expected}`);
  });
}

/** The author takes a message back. */
export function revoke(target: Target): Command {
  return command(`revoke(${JSON.stringify(target)})`, async (model, world) => {
    const aimed = aim(model, target);
    if (!aimed) return;
    const expected = expectRevocation(model, aimed);
    const { outcome } = await world.changes.revoke(aimed.address, aimed.hint);
    assert.equal(outcome, expected, `a revocation is ${expected}`);
  });
}

function expectEdit(
  model: Model,
  { key, isKnown, place }: Aim,
  text: string | null,
  mark: EditMark,
): ChangeOutcome {
  const change = model.changeOf(key);
  if (place) {
    const order = orderOf(mark, place.message.edited);
    return order ?? rewrite(model, place.home, place.message, text, mark);
  }
  if (change === 'revoked') return 'duplicate';
  if (isKnown) return 'after-hand-off';
  const order = orderOf(mark, change?.mark);
  if (order) return order;
  model.keepChange(key, { text: text ?? change?.text ?? null, mark });
  return 'early';
}

function expectRevocation(model: Model, { key, isKnown, place }: Aim): ChangeOutcome {
  if (!place && model.changeOf(key) === 'revoked') return 'duplicate';
  if (!place && isKnown) return 'after-hand-off';
  if (place && !mayChange(model, place.home, place.message, 0)) return 'after-hand-off';
  model.keepChange(key, 'revoked');
  if (!place) return 'early';
  const { home, message } = place;
  if (!home.window.includes(message)) model.supersede(home);
  home.window = home.window.filter((one) => one !== message);
  model.removed.add(message.id);
  if (home.window.length === 0) dropWindow(home);
  model.awaitAnew(home);
  model.totals.revoked += 1;
  return 'revoked';
}

function orderOf(mark: EditMark, known: EditMark | undefined): 'duplicate' | 'outdated' | null {
  if (!known) return null;
  if (mark.at === known.at && mark.id === known.id) return 'duplicate';
  const isNewer = mark.at > known.at || (mark.at === known.at && String(mark.id) > String(known.id));
  return isNewer ? null : 'outdated';
}

/** True for a message of the window, or of a draft that may be superseded. */
export function mayChange(
  model: Model,
  home: ModelConversation,
  message: ModelMessage,
  more: number,
): boolean {
  return home.window.includes(message) || model.maySupersede(home, 0, more);
}

function rewrite(
  model: Model,
  home: ModelConversation,
  message: ModelMessage,
  text: string | null,
  mark: EditMark,
): ChangeOutcome {
  const shown = text ?? message.text;
  // The element contains the text twice, the second time as the predecessor's `message`.
  const more = 2 * (shown.length - message.text.length) + bytesOfMark(mark) - bytesOfMark(message.edited);
  const { limits } = model;
  if (message.bytes + more > limits.maxBytes) return 'too-large';
  if (!mayChange(model, home, message, more)) return 'after-hand-off';
  if (heldBy(home).length > 1 && more > 0 && bytesOf(heldBy(home)) + more > limits.maxPendingBytes)
    return 'over-cap';
  const isReplacing = home.replaced.length > 0 && !home.claim;
  if (more > 0 && isReplacing && bytesOf(home.window) + more > limits.maxBytes) return 'over-cap';
  if (!home.window.includes(message)) model.supersede(home);
  Object.assign(message, { text: shown, edited: mark, bytes: message.bytes + more });
  return 'edited';
}

function bytesOfMark(mark: EditMark | undefined): number {
  return mark ? `,"edited":${JSON.stringify(mark)}`.length : 0;
}
