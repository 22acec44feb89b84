import { type IncomingMessage, type Conversation } from '@app/contracts';
import type { BatchStore } from '../store/batch-store';
import { identityOf, type MessageAddress } from '../store/message-identity';
import { REVOKED } from '../store/scripts/revoke';
import { stashChange } from '../store/scripts/stash-change';
import { type Actor, authorIn, Authorship } from './authorship';
import { compareEdits, type EarlyEdit, earlyEdit, type Edit } from './edits';

/** A change that waits for its message, and who made it, because only the message shows whether they may. */
export type EarlyChange = { readonly by: Actor | null } & (
  { readonly does: 'revoke' } | { readonly does: 'edit'; readonly edit: EarlyEdit }
);

// Each is an unproven claim until the message comes. A chat has one author; in a group few people change one message.
const PEOPLE_MAX = 16;

type Stored = (EarlyEdit | { revoked: true }) & { by?: Actor };

/** The form in Redis; the script that stores a message itself applies a revocation that needs no judging. */
function encode(changes: readonly EarlyChange[]): string {
  if (changes.some(({ does, by }) => does === 'revoke' && by === null)) return REVOKED;
  return JSON.stringify(
    changes.map((change): Stored => {
      const { by } = change;
      return { ...(change.does === 'edit' ? change.edit : { revoked: true }), ...(by && { by }) };
    }),
  );
}

function decode(value: string | null): EarlyChange[] {
  if (value === null) return [];
  if (value === REVOKED) return [{ does: 'revoke', by: null }];
  const stored = JSON.parse(value) as Stored | Stored[];
  // A single change keeps the form that it had when all persons shared one place.
  return [stored]
    .flat()
    .map(({ by = null, ...change }) =>
      'revoked' in change ? { does: 'revoke', by } : { does: 'edit', edit: change, by },
    );
}

/** True if the message was taken back before it came, by its author or by a change that needs no judging. */
export function isRevokedEarly(value: string | null): boolean {
  return decode(value).some(({ does }) => does === 'revoke');
}

/** Of each person the change that counts: a revocation, otherwise the newest edit. One person's never replaces another's. */
function withChange(changes: readonly EarlyChange[], change: EarlyChange): EarlyChange[] {
  const before = changes.find((other) => isOfOne(other, change));
  if (before === undefined) return [...changes, change];
  const counts = isLater(change, before) ? change : before;
  return changes.map((other) => (other === before ? counts : other));
}

function isLater(change: EarlyChange, known: EarlyChange): boolean {
  if (known.does === 'revoke') return false;
  return change.does === 'revoke' || compareEdits(change.edit, known.edit) === 'newer';
}

/** True if one person made both, as their payloads show it. */
function isOfOne(one: Pick<EarlyChange, 'by'>, other: Pick<EarlyChange, 'by'>): boolean {
  return JSON.stringify(one.by) === JSON.stringify(other.by);
}

/** Both values in one. */
export function merged(one: string | null, other: string | null): string | null {
  if (one === null || other === null || one === other) return one ?? other;
  return encode(decode(other).reduce(withChange, decode(one)));
}

/** What earlier changes have left for a message that has not come: all of them, and the value of each partition. */
export interface Left {
  change: string | null;
  inEach: readonly (string | null)[];
  now: number;
}

/** A change that was found when its message came: its value, and the edit in it, if the author made it. */
export interface KnownChange {
  readonly value: string;
  readonly edit: EarlyEdit | null;
}

type Kept = 'early' | 'duplicate' | 'moved' | 'over-cap';

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
    const changes = decode(left.change);
    const known = changes.find((change) => isOfOne(change, { by }));
    if (left.change === REVOKED || known?.does === 'revoke') return 'duplicate';
    const order = compareEdits(made, known?.edit);
    if (order === 'older') return 'outdated';
    if (left.change !== null && order === 'same') return this.keepAgain(message, left, left.change);
    const edit = earlyEdit(made, known?.edit ?? null);
    return this.keepOne(message, left, { does: 'edit', edit, by });
  }

  /** Keeps a revocation for a message that has not come. */
  async keepRevocation(message: MessageAddress, left: Left, by: Actor | null): Promise<Kept | 'too-large'> {
    const isKnown = decode(left.change).some((change) => change.does === 'revoke' && isOfOne(change, { by }));
    if (left.change !== null && (left.change === REVOKED || isKnown))
      return this.keepAgain(message, left, left.change);
    return this.keepOne(message, left, { does: 'revoke', by });
  }

  /**
   * Decides about the changes now that their message is here: changes by other persons than its author are ignored,
   * and a valid revocation is left for the script to apply.
   */
  async judge(
    value: string,
    conversation: Conversation,
    message: IncomingMessage,
    keys: { seen: string; change: string },
  ): Promise<KnownChange> {
    const author = authorIn(conversation, message);
    const standing: EarlyChange[] = [];
    for (const change of decode(value))
      if (await this.authorship.permits(change.does, change.by, { conversation, author }))
        standing.push(change);
    // The script has already applied a revocation that needs no judging, so none reaches this line twice.
    if (value === REVOKED || !standing.some(({ does }) => does === 'revoke'))
      return { value, edit: newestOf(standing) };
    const keepMs = this.store.settings.memory.dedupTtlMs;
    await this.store.runner.run(stashChange, keys, { known: value, value: REVOKED, keepMs });
    return { value: '', edit: null };
  }

  private async keepOne(
    message: MessageAddress,
    left: Left,
    change: EarlyChange,
  ): Promise<Kept | 'too-large'> {
    const changes = withChange(decode(left.change), change);
    if (changes.length > PEOPLE_MAX) return 'over-cap';
    const value = encode(changes);
    if (Buffer.byteLength(value) > this.store.settings.window.maxStoredBytes) return 'too-large';
    return this.keep(message, left, value);
  }

  /** It is known already, but an earlier try may have been broken off before every partition had it. */
  private async keepAgain(
    message: MessageAddress,
    left: Left,
    value: string,
  ): Promise<'duplicate' | 'moved'> {
    if (left.inEach.every((change) => change === value)) return 'duplicate';
    return (await this.keep(message, left, value)) === 'moved' ? 'moved' : 'duplicate';
  }

  /** In every partition, because the id under which the message will come, and so its partition, is unknown. */
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

/** One person may have been known by two ids that only the message joins: the newest edit, with the newest readable text. */
function newestOf(changes: readonly EarlyChange[]): EarlyEdit | null {
  return changes
    .flatMap((change) => (change.does === 'edit' ? [change.edit] : []))
    .sort((one, other) => ({ older: -1, same: 0, newer: 1 })[compareEdits(one, other)])
    .reduce<EarlyEdit | null>(
      (known, edit) => ({ ...known, ...edit, text: edit.text ?? known?.text ?? null }),
      null,
    );
}
