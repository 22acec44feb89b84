import { Logger } from '@nestjs/common';
import type { BatchStore } from '../batch-store';
import { decodeStoredMessage } from '../contracts/stored-message';
import { type Conversation, parseConversationId } from '../conversation/conversation';
import { compareEdits, type EarlyEdit, earlyEdit, type Edit, edited } from './edits';
import { identityOf, type MessageAddress } from '../conversation/message-identity';
import { StoreUnavailableError } from '../redis/outage';
import { edit } from '../scripts/edit';
import { find } from '../scripts/find';
import { foretell } from '../scripts/foretell';
import { type Located, locate } from '../scripts/locate';
import { revoke, REVOKED } from '../scripts/revoke';

/**
 * What became of an edit or a revocation. `edited`, `revoked`: the pending message was changed. `early`: kept for its
 * message, which has not come. `duplicate`: known already. `outdated`: a newer one is. `after-hand-off`: the message is
 * claimed, or gone. `over-cap`, `too-large`: the new text has no room; the old one stays.
 */
export type ChangeOutcome =
  'edited' | 'revoked' | 'early' | 'duplicate' | 'outdated' | 'after-hand-off' | 'over-cap' | 'too-large';

/** `conversation`: where the message was found, or would be; null where nobody knows. */
export interface Changed {
  outcome: ChangeOutcome;
  conversation: Conversation | null;
}

/** An edit as a gateway reports it; without a time of its own it counts as made now, by Redis. */
export type ReportedEdit = Omit<Edit, 'at'> & { at: number | null };

/** What earlier changes have left for a message that has not come: the one that counts, and what each partition has. */
interface Left {
  change: string | null;
  inEach: readonly (string | null)[];
  now: number;
}

type Sought =
  | { state: 'pending'; conversation: Conversation; element: string; now: number }
  | ({ state: 'changed-early' } & Left)
  | { state: 'gone'; conversation: Conversation; wasRevoked: boolean };

// Each further try means that somebody else has changed the same message meanwhile.
const TRIES = 20;

/** What authors do to messages that they have sent: found by the message's id, and changed in one step or not at all. */
export class Changes {
  private readonly logger = new Logger(Changes.name);

  constructor(private readonly store: BatchStore) {}

  /**
   * Gives a pending message its new text, in its place.
   *
   * @param hint the conversation that the message is likely to be in, where its id alone no longer leads there.
   */
  edit(message: MessageAddress, change: ReportedEdit, hint: Conversation | null = null): Promise<Changed> {
    return this.untilDone('edit', message, hint, (sought) => {
      if (sought.state === 'gone') return Promise.resolve(sought.wasRevoked ? 'duplicate' : 'after-hand-off');
      const made: Edit = { ...change, at: change.at ?? sought.now };
      return sought.state === 'pending' ? this.rewrite(sought, made) : this.foretell(message, sought, made);
    });
  }

  /** Takes a pending message out; a batch that this leaves empty is none. */
  revoke(message: MessageAddress, hint: Conversation | null = null): Promise<Changed> {
    const identity = identityOf(message);
    const keepMs = this.store.settings.memory.dedupTtlMs;
    return this.untilDone('revocation', message, hint, (sought) => {
      switch (sought.state) {
        case 'pending': {
          const { conversation, element } = sought;
          const change = this.store.keysOf(conversation).change(identity);
          return this.store.change(revoke, conversation, { change }, { element, keepMs });
        }
        case 'changed-early':
          return sought.change === REVOKED
            ? this.keepAgain(message, sought, REVOKED)
            : this.keep(message, sought, REVOKED);
        case 'gone':
          return Promise.resolve(sought.wasRevoked ? 'duplicate' : 'after-hand-off');
      }
    });
  }

  private async untilDone(
    what: string,
    message: MessageAddress,
    hint: Conversation | null,
    act: (sought: Sought) => Promise<ChangeOutcome | 'moved'>,
  ): Promise<Changed> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const sought = await this.seek(message, hint);
      const outcome = await act(sought);
      if (outcome === 'moved') continue;
      const conversation = 'conversation' in sought ? sought.conversation : hint;
      this.logger.log(`Message: ${what}, ${outcome}`, { conversationId: conversation?.id ?? null });
      return { outcome, conversation };
    }
    throw new StoreUnavailableError(`A message has changed ${TRIES} times while it was to be changed`);
  }

  private async seek(message: MessageAddress, hint: Conversation | null): Promise<Sought> {
    const { now, conversationId, change, inEach } = await this.locate(message);
    const known = conversationId === null ? hint : parseConversationId(conversationId);
    const found = known && (await this.find(known, message));
    if (found?.element !== undefined) return { state: 'pending', ...found, element: found.element, now };
    if (conversationId === null || !found) return { state: 'changed-early', change, inEach, now };
    return { state: 'gone', conversation: found.conversation, wasRevoked: change === REVOKED };
  }

  /** Only the conversation tells the partition: a message of which its id alone is known is looked for in all. */
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
    return { ...first, change: inEach.reduce(latest, null), inEach };
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
    // A phone is nobody's alias, so this ends at the second try.
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
    const { window, bounds } = this.store.settings;
    if (Buffer.byteLength(replacement) > window.maxStoredBytes) return 'too-large';
    return this.store.change(
      edit,
      conversation,
      {},
      { element, replacement, maxPendingBytes: bounds.maxPendingBytes },
    );
  }

  private foretell(message: MessageAddress, left: Left, made: Edit): Promise<ChangeOutcome | 'moved'> {
    const { change } = left;
    if (change === REVOKED) return Promise.resolve('duplicate');
    const known = change === null ? null : earlyEditOf(change);
    const order = compareEdits(made, known ?? undefined);
    if (order === 'older') return Promise.resolve('outdated');
    if (change !== null && order === 'same') return this.keepAgain(message, left, change);
    const value = JSON.stringify(earlyEdit(made, known));
    if (Buffer.byteLength(value) > this.store.settings.window.maxStoredBytes)
      return Promise.resolve('too-large');
    return this.keep(message, left, value);
  }

  /** It is known already; but an earlier try may have been broken off before every partition knew it. */
  private async keepAgain(
    message: MessageAddress,
    left: Left,
    value: string,
  ): Promise<'duplicate' | 'moved'> {
    if (left.inEach.every((change) => change === value)) return 'duplicate';
    return (await this.keep(message, left, value)) === 'moved' ? 'moved' : 'duplicate';
  }

  /** In every partition: under which id the message will come, and so in which of them, nobody knows. */
  private async keep(message: MessageAddress, { inEach }: Left, value: string): Promise<'early' | 'moved'> {
    const { runner, partitions, settings } = this.store;
    const identity = identityOf(message);
    const { dedupTtlMs: keepMs } = settings.memory;
    const kept = await Promise.all(
      partitions.all.map((keys, i) =>
        runner.run(
          foretell,
          { seen: keys.seen(identity), change: keys.change(identity) },
          { known: inEach[i] ?? '', value, keepMs },
        ),
      ),
    );
    return kept.includes('moved') ? 'moved' : 'early';
  }
}

/** Of two changes the one that counts: a revocation, else the newer edit. */
function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  if (one === REVOKED || other === REVOKED) return REVOKED;
  return compareEdits(earlyEditOf(other), earlyEditOf(one)) === 'newer' ? other : one;
}

function earlyEditOf(change: string): EarlyEdit {
  return JSON.parse(change) as EarlyEdit;
}
