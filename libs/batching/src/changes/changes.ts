import { Injectable, Logger } from '@nestjs/common';
import {
  decodeStoredMessage,
  type Conversation,
  conversationOf,
  parseConversationId,
  memberOf,
} from '@app/contracts';
import { StoreUnavailableError } from '../redis/outage';
import { BatchStore } from '../store/batch-store';
import { identityOf, type MessageAddress } from '../store/message-identity';
import { edit } from '../store/scripts/edit';
import { find } from '../store/scripts/find';
import { type Located, locate } from '../store/scripts/locate';
import { revoke } from '../store/scripts/revoke';
import { type Actor, type Authored, authorIn, Authorship } from './authorship';
import { type EarlyChange, EarlyChanges, isRevokedEarly, type Left, merged } from './early-changes';
import { compareEdits, type Edit, edited } from './edits';

/**
 * The result of an edit or a revocation. `edited`, `revoked`: the pending message was changed. `early`: kept for its
 * message, which has not come. `duplicate`: already known. `outdated`: a newer one is known. `after-hand-off`: the message is
 * claimed, or gone. `not-author`: another person wrote it. `over-cap`, `too-large`: the new text has no room; the old one stays.
 */
export type ChangeOutcome =
  | 'edited'
  | 'revoked'
  | 'early'
  | 'duplicate'
  | 'outdated'
  | 'after-hand-off'
  | 'not-author'
  | 'over-cap'
  | 'too-large';

/** `conversation`: where the message was found, or would be; null if that is unknown. */
export interface Changed {
  outcome: ChangeOutcome;
  conversation: Conversation | null;
}

/** An edit as a gateway reports it; without a time of its own it counts as made now, by Redis. */
export type ReportedEdit = Omit<Edit, 'at'> & { at: number | null };

type Sought =
  | ({ state: 'pending'; element: string; now: number } & Authored)
  | ({ state: 'changed-early' } & Left)
  | ({ state: 'gone'; wasRevoked: boolean } & Authored);

interface Wanted {
  does: EarlyChange['does'];
  message: MessageAddress;
  hint: Conversation | null;
  by: Actor | null;
}

const WORDS = { edit: 'edit', revoke: 'revocation' };

// Each further try means that another process has changed the same message meanwhile.
const TRIES = 20;

/** Authors' changes to messages that they have sent: found by the message's id, and made in one step or not at all. */
@Injectable()
export class Changes {
  private readonly logger = new Logger(Changes.name);

  private readonly authorship: Authorship;
  private readonly early: EarlyChanges;

  constructor(private readonly store: BatchStore) {
    this.authorship = new Authorship(store);
    this.early = new EarlyChanges(store);
  }

  /**
   * Gives a pending message its new text, in its place.
   *
   * @param hint the conversation that probably holds the message, if its id alone no longer leads there.
   * @param by who edits it: any person but its author is refused; null if the gateway does not say.
   */
  edit(
    message: MessageAddress,
    change: ReportedEdit,
    hint: Conversation | null = null,
    by: Actor | null = null,
  ): Promise<Changed> {
    return this.untilDone({ does: 'edit', message, hint, by }, (sought, address) => {
      if (sought.state === 'gone') return Promise.resolve('after-hand-off');
      const made: Edit = { ...change, at: change.at ?? sought.now };
      return sought.state === 'pending'
        ? this.rewrite(sought, made)
        : this.early.keepEdit(address, sought, made, by);
    });
  }

  /**
   * Removes a pending message; a batch that this empties is dropped.
   *
   * @param by who revokes it: its author or, in a group, any member, because its admins are not known here; null if
   *   the gateway does not say.
   */
  revoke(
    message: MessageAddress,
    hint: Conversation | null = null,
    by: Actor | null = null,
  ): Promise<Changed> {
    const keepMs = this.store.settings.memory.dedupTtlMs;
    return this.untilDone({ does: 'revoke', message, hint, by }, (sought, address) => {
      switch (sought.state) {
        case 'pending': {
          const { conversation, element } = sought;
          const keys = this.store.keysOf(conversation);
          return this.store.change(
            revoke,
            conversation,
            { change: keys.change(identityOf(address)), superseded: keys.superseded },
            { element, keepMs },
          );
        }
        case 'changed-early':
          return this.early.keepRevocation(address, sought, by);
        case 'gone':
          return Promise.resolve('after-hand-off');
      }
    });
  }

  private async untilDone(
    { does, message, hint, by }: Wanted,
    act: (sought: Sought, address: MessageAddress) => Promise<ChangeOutcome | 'moved'>,
  ): Promise<Changed> {
    const address = await this.atHome(message);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const sought = await this.seek(address, hint);
      const outcome = (await this.refusal(does, by, sought)) ?? (await act(sought, address));
      if (outcome === 'moved') continue;
      const conversation = 'conversation' in sought ? sought.conversation : hint;
      this.logger.log(`Message: ${WORDS[does]}, ${outcome}`, { conversationId: conversation?.id ?? null });
      return { outcome, conversation };
    }
    throw new StoreUnavailableError(`A message has changed ${TRIES} times while it was to be changed`);
  }

  /** Why nothing is to be done, whatever the change says; the author of a message that has not come is not known yet. */
  private async refusal(
    does: Wanted['does'],
    by: Actor | null,
    sought: Sought,
  ): Promise<'duplicate' | 'not-author' | null> {
    if (sought.state === 'changed-early') return null;
    if (sought.state === 'gone' && sought.wasRevoked) return 'duplicate';
    return (await this.authorship.permits(does, by, sought)) ? null : 'not-author';
  }

  /** An id that counts in one chat only was stored under the chat's home, if that was known. */
  private async atHome(message: MessageAddress): Promise<MessageAddress> {
    if (message.chat === undefined) return message;
    const { customer } = await this.store.homeOf(conversationOf(message.chat, message.companyId));
    return { ...message, chat: customer };
  }

  private async seek(message: MessageAddress, hint: Conversation | null): Promise<Sought> {
    const { now, conversationId, author, change, inEach } = await this.locate(message);
    const known = conversationId === null ? hint : parseConversationId(conversationId);
    const found = known && (await this.find(known, message));
    if (found?.element !== undefined) {
      const { conversation, element } = found;
      return {
        state: 'pending',
        conversation,
        element,
        author: authorIn(conversation, decodeStoredMessage(element)),
        now,
      };
    }
    if (conversationId === null || !found) return { state: 'changed-early', change, inEach, now };
    const wasRevoked = isRevokedEarly(change);
    return {
      state: 'gone',
      conversation: found.conversation,
      author: author ?? memberOf(found.conversation.customer),
      wasRevoked,
    };
  }

  /** Only the conversation determines the partition: a message known only by its id is looked for in all. */
  private async locate(message: MessageAddress): Promise<Located & Left> {
    const { runner, partitions } = this.store;
    const identity = identityOf(message);
    const looks = await Promise.all(
      partitions.all.map((keys) =>
        runner.run(locate, { seen: keys.seen(identity), change: keys.change(identity) }, {}),
      ),
    );
    const inEach = looks.map(({ change }) => change);
    const home = looks.find(({ conversationId }) => conversationId !== null);
    if (home) return { ...home, inEach };
    const [first] = looks as [Located];
    return { ...first, change: inEach.reduce(merged, null), inEach };
  }

  private async find(
    conversation: Conversation,
    { gateway, account, messageId }: MessageAddress,
  ): Promise<{ conversation: Conversation; element: string | undefined }> {
    const keys = this.store.keysOf(conversation);
    const { id } = conversation;
    const found = await this.store.runner.run(
      find,
      { messages: keys.messages(id), state: keys.state(id), alias: keys.alias(id) },
      { idField: `"messageId":${JSON.stringify(messageId)},` },
    );
    // A phone is never an alias, so this ends at the second try.
    if ('to' in found)
      return this.find(parseConversationId(found.to), { gateway, account, messageId, companyId: null });
    const element = found.elements.find((each) => {
      const { source } = decodeStoredMessage(each);
      return source.gateway === gateway && source.account === account;
    });
    return { conversation, element };
  }

  private async rewrite(
    { conversation, element }: Extract<Sought, { state: 'pending' }>,
    change: Edit,
  ): Promise<ChangeOutcome | 'moved'> {
    const message = decodeStoredMessage(element);
    const order = compareEdits(change, message.edited);
    if (order !== 'newer') return order === 'same' ? 'duplicate' : 'outdated';
    const replacement = JSON.stringify(edited(message, change));
    const { window } = this.store.settings;
    if (Buffer.byteLength(replacement) > window.maxStoredBytes) return 'too-large';
    const { superseded } = this.store.keysOf(conversation);
    return this.store.change(edit, conversation, { superseded }, { element, replacement, isMark: false });
  }
}
