import { Injectable } from '@nestjs/common';
import type { Conversation } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { directoryEntry } from '../store/keys';
import { forwardAlias } from '../store/scripts/forward-alias';
import { learnAlias } from '../store/scripts/learn-alias';

// The longest likely silence before a customer writes under the other id; each payload that shows both renews it.
const ALIAS_KEPT_MS = 30 * 24 * 3_600_000;

/** How soon a conversation that waits for its alias's batch is looked at, ms: no event reports the end of that batch. */
export const ASK_ABOUT_ALIAS_AFTER_MS = 1_000;

/** Customers who are known by two ids. */
@Injectable()
export class Aliases {
  constructor(private readonly store: BatchStore) {}

  /**
   * From now on messages for `alias` belong to `known`, the conversation of the customer's phone.
   *
   * @returns how many messages that waited under the alias were moved.
   */
  learn(alias: Conversation, known: Conversation): Promise<number> {
    const keys = this.store.keysOf(alias);
    // Two slots share no atomic step: there an alias forwards once it is empty, which a later payload finds.
    if (keys !== this.store.keysOf(known)) {
      const args = { to: known.id, keepMs: ALIAS_KEPT_MS };
      return this.store.change(forwardAlias, alias, { alias: keys.alias(alias.id) }, args);
    }
    return this.store.change(
      learnAlias,
      known,
      {
        alias: keys.alias(alias.id),
        aliasMessages: keys.messages(alias.id),
        aliasLastMessage: keys.lastMessage(alias.id),
        aliasState: keys.state(alias.id),
        superseded: keys.superseded,
        steered: keys.steered,
        awaited: keys.awaited,
      },
      {
        aliasConversation: alias.id,
        aliasEntry: directoryEntry(alias),
        keepMs: ALIAS_KEPT_MS,
        askAfterMs: ASK_ABOUT_ALIAS_AFTER_MS,
      },
    );
  }
}
