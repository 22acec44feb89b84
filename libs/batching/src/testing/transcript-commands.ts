import assert from 'node:assert/strict';
import type { Conversation, StoredMessage, Transcript } from '@app/contracts';
import type { GivenOutcome, Words } from '../changes/transcripts';
import { mayChange } from './change-commands';
import { type Command, command } from './command';
import type { Model } from './model';
import { bytesOf, heldBy, type ModelConversation, type ModelMessage } from './model-state';

/** A transcriber gives a voice note its words, so many letters, or says that there are none. */
export function hear(c: Conversation, pick: number, length: number | null): Command {
  const name = `hear(${c.id}, ${pick}, ${length === null ? 'no words' : `${length} letters`})`;
  return command(name, async (model, world) => {
    const home = model.conversation(model.aliases.get(c.id) ?? c.id);
    const waiting = heldBy(home).filter(({ awaits }) => awaits > 0);
    const message = waiting[pick % waiting.length];
    if (!message) return;
    const words: Words = length === null ? { why: 'no-words' } : { text: 'z'.repeat(length) };
    const expected = expectWords(model, home, message, words);
    const note = { messageId: message.id, receivedAt: message.receivedAt, media: null } as StoredMessage;
    const outcome = await world.transcripts.give({ conversation: c, message: note, leftMs: 0 }, words);
    assert.equal(outcome, expected, `words are ${expected}`);
  });
}

function expectWords(
  model: Model,
  home: ModelConversation,
  message: ModelMessage,
  words: Words,
): GivenOutcome {
  if (home.claim?.messages.includes(message) && !home.claim.isAtBot) return 'gone';
  if ('why' in words && message.awaits <= model.now) return 'given';
  const outcome = rewrite(model, home, message, words);
  if (outcome !== 'too-large' || 'why' in words) return outcome;
  expectWords(model, home, message, { why: 'too-large' });
  return 'too-large';
}

function rewrite(model: Model, home: ModelConversation, message: ModelMessage, words: Words): GivenOutcome {
  const said = 'text' in words ? words.text : '';
  const parts = [message.text, said].filter((part) => part !== '');
  const text = parts.join('\n');
  const transcript: Transcript = 'why' in words ? { made: false, why: words.why } : { made: true };
  const marks = `,"transcript":${JSON.stringify(transcript)}`.length - `"awaits":${message.awaits},`.length;
  const more = 2 * (JSON.stringify(text).length - JSON.stringify(message.text).length) + marks;
  const { limits } = model;
  if (message.bytes + more > limits.maxBytes) return 'too-large';
  if (!mayChange(model, home, message, more)) return 'gone';
  const isFull = bytesOf(heldBy(home)) + more > limits.maxPendingBytes;
  if ('text' in words && heldBy(home).length > 1 && more > 0 && isFull) return 'too-large';
  const isReplacing = home.replaced.length > 0 && !home.claim;
  if (more > 0 && isReplacing && bytesOf(home.window) + more > limits.maxBytes) return 'too-large';
  if (!home.window.includes(message)) model.supersede(home);
  Object.assign(message, { text, transcript, awaits: 0, bytes: message.bytes + more });
  model.awaitAnew(home);
  return 'given';
}
