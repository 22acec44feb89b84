import type { BatchStore } from '../store/batch-store';
import type { IncomingMessage } from '@app/contracts';
import type { Conversation } from '@app/contracts';
import { identityOf, type MessageAddress } from '../store/message-identity';
import { stashChange } from '../store/scripts/stash-change';
import { REVOKED } from '../store/scripts/revoke';
import { type Actor, authorIn, Authorship } from './authorship';
import { compareEdits, type EarlyEdit, earlyEdit, type Edit } from './edits';

/** A change that waits for its message, and who made it, for only the message shows whether it was theirs to make. */
export type EarlyChange = { readonly by: Actor | null } & (
  { readonly does: 'revoke' } | { readonly does: 'edit'; readonly edit: EarlyEdit }
);

/** As it stands in Redis; the script that stores a message knows a revocation that is its author's for certain. */
export function encodeEarlyChange(change: EarlyChange): string {
  if (change.does === 'edit') return JSON.stringify({ ...change.edit, ...(change.by && { by: change.by }) });
  return change.by === null ? REVOKED : JSON.stringify({ revoked: true, by: change.by });
}

export function decodeEarlyChange(value: string): EarlyChange {
  if (value === REVOKED) return { does: 'revoke', by: null };
  const { by = null, revoked, ...edit } = JSON.parse(value) as EarlyEdit & { by?: Actor; revoked?: true };
  return revoked ? { does: 'revoke', by } : { does: 'edit', edit, by };
}

/** True where both were made by one, as their payloads show it. */
function isOfOne(one: EarlyChange, other: Pick<EarlyChange, 'by'>): boolean {
  return JSON.stringify(one.by) === JSON.stringify(other.by);
}

/** Of two values the one that counts: a revocation, else the newer edit. */
export function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  const [first, second] = [decodeEarlyChange(one), decodeEarlyChange(other)];
  if (first.does === 'revoke') return one;
  return second.does === 'revoke' || compareEdits(second.edit, first.edit) === 'newer' ? other : one;
}

/** What earlier changes have left for a message that has not come: the one that counts, and what each partition has. */
export interface Left {
  change: string | null;
  inEach: readonly (string | null)[];
  now: number;
}

/** A change that was found when its message came: its value, and the edit in it, if that was the author's to make. */
export interface KnownChange {
  readonly value: string;
  readonly edit: EarlyEdit | null;
}

type Kept = 'early' | 'duplicate' | 'moved';

/** Edits and revocations that come before their message, and wait for it. */
export class EarlyChanges {
  private readonly authorship: Authorship;

  constructor(private readonly store: BatchStore) {
    this.authorship = new Authorship(store);
  }

  /** Keeps an edit for a message that has not come; of several by one person the newest. */
  async keepEdit(
    message: MessageAddress,
    left: Left,
    made: Edit,
    by: Actor | null,
  ): Promise<Kept | 'outdated' | 'too-large'> {
    const { change } = left;
    const earlier = change === null ? null : decodeEarlyChange(change);
    if (earlier?.does === 'revoke') return 'duplicate';
    // Somebody else's is no edit to go on from: only the message will show whose counts.
    const known = earlier !== null && isOfOne(earlier, { by }) ? earlier.edit : null;
    const order = compareEdits(made, known ?? undefined);
    if (order === 'older') return 'outdated';
    if (change !== null && order === 'same') return this.keepAgain(message, left, change);
    const value = encodeEarlyChange({ does: 'edit', edit: earlyEdit(made, known), by });
    if (Buffer.byteLength(value) > this.store.settings.window.maxStoredBytes) return 'too-large';
    return this.keep(message, left, value);
  }

  /** Keeps a revocation for a message that has not come. */
  keepRevocation(message: MessageAddress, left: Left, by: Actor | null): Promise<Kept> {
    const { change } = left;
    const mine = encodeEarlyChange({ does: 'revoke', by });
    const isKnown = change === REVOKED || change === mine;
    return isKnown ? this.keepAgain(message, left, change) : this.keep(message, left, mine);
  }

  /**
   * What is to be done with a change now that its message is here: somebody else's is passed over, and a revocation that
   * is the author's is left for the script to act on.
   */
  async judge(
    value: string,
    conversation: Conversation,
    message: IncomingMessage,
    keys: { seen: string; change: string },
  ): Promise<KnownChange> {
    const change = decodeEarlyChange(value);
    const author = authorIn(conversation, message);
    const isTheirs = await this.authorship.permits(change.does, change.by, { conversation, author });
    if (isTheirs && change.does === 'edit') return { value, edit: change.edit };
    // One that needs no judging the script has acted on: nothing comes here twice.
    if (!isTheirs || value === REVOKED) return { value, edit: null };
    const keepMs = this.store.settings.memory.dedupTtlMs;
    await this.store.runner.run(stashChange, keys, { known: value, value: REVOKED, keepMs });
    return { value: '', edit: null };
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
          stashChange,
          { seen: keys.seen(identity), change: keys.change(identity) },
          { known: inEach[i] ?? '', value, keepMs },
        ),
      ),
    );
    return kept.includes('moved') ? 'moved' : 'early';
  }
}
