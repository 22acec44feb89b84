import { firstId, flagOf, isJsonObject } from '../json/json';
import { isNoId } from './no-id';

/** The parts of a message's id. */
export interface SerializedId {
  /** The id that WhatsApp gave the message: the only part that stays the same while a chat flips between LID and phone. */
  readonly stanza: string;
  /** The chat as spelt; null if the id does not say. */
  readonly chat: string | null;
  readonly fromMe: boolean | null;
  /** The member who speaks in a group; null if the id does not say. */
  readonly participant: string | null;
}

/** `<fromMe>_<chat>_<stanza>` and, in groups, `_<participant>`. */
const SERIALIZED = /^(true|false)_([^_@]+@[^_]+)_([^_]*)(?:_(.*))?$/;

/** Reads a bare id, a serialised one, or the object that a web client makes of it; null if there is none. */
export function messageIdOf(value: unknown): SerializedId | null {
  if (isJsonObject(value)) return fromObject(value._serialized, value);
  const text = firstMessageId(value);
  return text === null ? null : fromText(text);
}

/** The stanza id of {@link messageIdOf}; null if there is none. */
export function stanzaOf(value: unknown): string | null {
  return messageIdOf(value)?.stanza ?? null;
}

/** The first stanza id among the values; null if there is none. */
export function firstStanzaOf(...values: readonly unknown[]): string | null {
  return values.map(stanzaOf).find((stanza) => stanza !== null) ?? null;
}

/** The first of the values that can be a message's id, unchanged; null if none can, see {@link isNoId}. */
export function firstMessageId(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const id = isNoId(value) ? null : firstId(value);
    if (id !== null) return id;
  }
  return null;
}

function fromObject(
  serialized: unknown,
  { id, remote, fromMe, participant }: Record<string, unknown>,
): SerializedId | null {
  const whole = isJsonObject(serialized) ? null : messageIdOf(serialized);
  const stanza = firstMessageId(id) ?? whole?.stanza ?? null;
  if (stanza === null) return null;
  return {
    stanza,
    chat: firstId(isJsonObject(remote) ? remote._serialized : remote) ?? whole?.chat ?? null,
    fromMe: flagOf(fromMe) ?? whole?.fromMe ?? null,
    participant:
      firstId(isJsonObject(participant) ? participant._serialized : participant) ??
      whole?.participant ??
      null,
  };
}

function fromText(text: string): SerializedId | null {
  const [, fromMe, chat, stanza, participant] = SERIALIZED.exec(text) ?? [];
  if (chat === undefined || stanza === undefined)
    return { stanza: text, chat: null, fromMe: null, participant: null };
  if (isNoId(stanza)) return null;
  return { stanza, chat, fromMe: fromMe === 'true', participant: firstId(participant) };
}

/** How linked web clients begin the ids of the messages that they send; phones begin theirs differently. */
const WEB_CLIENT = /^(?:3EB0|BAE5)/;

/**
 * True for a message of our own that a linked web client sent.
 *
 * Venom, Baileys and whatsmeow are such clients, so this is the bot; a human who answers at a desk looks the same.
 * To take that human for the bot costs one hint; to take the bot for a human would silence it by its own answers.
 */
export function isFromWebClient(stanza: string | null): boolean {
  return stanza !== null && WEB_CLIENT.test(stanza);
}
