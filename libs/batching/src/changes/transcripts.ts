import { Injectable } from '@nestjs/common';
import {
  type Conversation,
  decodeStoredMessage,
  type MissingWords,
  parseConversationId,
  type StoredMessage,
} from '@app/contracts';
import { StoreUnavailableError } from '../redis/outage';
import { BatchStore } from '../store/batch-store';
import type { Keys } from '../store/keys';
import { type Awaiting, awaiting } from '../store/scripts/awaiting';
import { edit } from '../store/scripts/edit';
import { takeAwaited } from '../store/scripts/take-awaited';
import { unlessSetAside } from '../store/set-aside.error';

/** A voice note whose batch waits for its words. */
export interface AwaitedNote {
  readonly conversation: Conversation;
  readonly message: StoredMessage;
  /** How long it is still waited for, ms. */
  readonly leftMs: number;
}

/** What a transcriber says of a voice note: its words, or why there are none. */
export type Words = { text: string } | { why: MissingWords };

/**
 * `given`: its message says so, or its batch will, whose time is over. `gone`: its batch has gone without its words, or it was taken back.
 * `too-large`: they have no room, which the message says now.
 */
export type GivenOutcome = 'given' | 'too-large' | 'gone';

/** How long a conversation stays with the worker that looked at it last, ms; one that dies is followed by another. */
const LEASE_MS = 6_000;

/** How often a worker looks again at what it has in hand, ms: often enough that no lease of a busy one ends. */
export const LOOK_AGAIN_MS = LEASE_MS / 4;

const NOTHING: Awaiting = { now: 0, elements: [] };

// Each further try means that another process has changed the same message meanwhile.
const TRIES = 20;

/** Voice notes that wait for their words. A window waits for them by time alone, so none of this must happen. */
@Injectable()
export class Transcripts {
  /** The partition to look at next. */
  private from = 0;

  constructor(private readonly store: BatchStore) {}

  /**
   * Conversations that wait and are in no worker's hands: they are now in this one's, until it has not looked for six seconds.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async take(limit: number): Promise<Conversation[]> {
    const { partitions, runner } = this.store;
    const found: string[] = [];
    for (let i = 0; i < partitions.all.length && found.length < limit; i += 1) {
      const { awaited } = partitions.all[this.from % partitions.all.length] as Keys;
      this.from += 1;
      const more = { leaseMs: LEASE_MS, limit: limit - found.length };
      found.push(...(await runner.run(takeAwaited, { awaited }, more)));
    }
    return found.map(parseConversationId);
  }

  /**
   * The voice notes of a conversation that still wait; without any, the conversation is in nobody's hands. None of one that is set aside.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async notesOf(conversation: Conversation): Promise<AwaitedNote[]> {
    const { now, elements } = (await this.look(conversation, LEASE_MS).catch(unlessSetAside)) ?? NOTHING;
    return elements
      .map(decodeStoredMessage)
      .map((message) => ({ conversation, message, leftMs: (message.awaits ?? 0) - now }))
      .filter(({ leftMs }) => leftMs > 0);
  }

  /**
   * Leaves a conversation to whichever worker looks once so much time is over, ms.
   *
   * @throws StoreUnavailableError if Redis cannot serve; then it is left for as long as it was taken.
   */
  async leave(conversation: Conversation, forMs: number): Promise<void> {
    await this.look(conversation, forMs).catch(unlessSetAside);
  }

  /**
   * Gives a voice note its words, or says that there are none; its window no longer waits for it. A draft with it is superseded by
   * words, and by nothing else.
   *
   * @throws StoreUnavailableError if Redis cannot serve.
   */
  async give(note: AwaitedNote, words: Words): Promise<GivenOutcome> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const conversation = await this.store.homeOf(note.conversation);
      const { now, elements } = await this.look(conversation, 0);
      const element = elements.find((each) => isSame(decodeStoredMessage(each), note.message));
      if (element === undefined) return 'gone';
      // Its batch says by itself that none have come in time.
      if ('why' in words && (decodeStoredMessage(element).awaits ?? 0) <= now) return 'given';
      const outcome = await this.rewrite(conversation, element, words);
      if (outcome === 'moved') continue;
      if (outcome === 'edited') return 'given';
      if (outcome === 'after-hand-off') return 'gone';
      if ('why' in words) return 'too-large';
      // The words have no room; that there are none may have.
      await this.give(note, { why: 'too-large' });
      return 'too-large';
    }
    throw new StoreUnavailableError(
      `A message has changed ${TRIES} times while it was to be given its words`,
    );
  }

  private look(conversation: Conversation, leaseMs: number): Promise<Awaiting> {
    const { awaited } = this.store.keysOf(conversation);
    return this.store.change(awaiting, conversation, { awaited }, { leaseMs });
  }

  private async rewrite(
    conversation: Conversation,
    element: string,
    words: Words,
  ): Promise<'edited' | 'moved' | 'after-hand-off' | 'over-cap'> {
    const replacement = JSON.stringify(withWords(decodeStoredMessage(element), words));
    if (Buffer.byteLength(replacement) > this.store.settings.window.maxStoredBytes) return 'over-cap';
    const { superseded } = this.store.keysOf(conversation);
    return this.store.change(
      edit,
      conversation,
      { superseded },
      { element, replacement, isMark: 'why' in words },
    );
  }
}

/** A message with its words, in its place and with its times; what its author has written meanwhile stands in front of them. */
function withWords(waiting: StoredMessage, words: Words): StoredMessage {
  const message = { ...waiting };
  delete message.awaits;
  if ('why' in words) return { ...message, transcript: { made: false, why: words.why } };
  const text = [message.text, words.text].filter((part) => part !== '').join('\n');
  return { ...message, text, message: text, transcript: { made: true } };
}

/** A number is given anew where a conversation becomes an alias, and the text may have been edited. */
function isSame(message: StoredMessage, { messageId, receivedAt, media }: StoredMessage): boolean {
  return (
    message.messageId === messageId &&
    message.receivedAt === receivedAt &&
    message.media?.id === media?.id &&
    message.media?.url === media?.url
  );
}
