import { type FlushReason, parseConversationId } from '@app/contracts';
import { ASK_ABOUT_ALIAS_AFTER_MS } from '../window/aliases';
import { ModelDrafts } from './model-drafts';
import {
  bytesOf,
  freshConversation,
  heldBy,
  inOrderOfArrival,
  type ModelConversation,
  type ModelMessage,
} from './model-state';

/** The model's conversations, and what it makes of two that are one customer's. */
export class ModelAliases extends ModelDrafts {
  readonly conversations = new Map<string, ModelConversation>();
  /** Alias → the conversation that it belongs to. */
  readonly aliases = new Map<string, string>();

  conversation(id: string): ModelConversation {
    const known = this.conversations.get(id);
    if (known) return known;
    const fresh = freshConversation(String(parseConversationId(id).companyId));
    this.conversations.set(id, fresh);
    return fresh;
  }

  /** The conversation itself, or the one that it is an alias of. */
  home(id: string): ModelConversation {
    return this.conversation(this.aliases.get(id) ?? id);
  }

  /** True if the bot says nothing for it: a mute of an alias's home counts for what the alias has at the bot. */
  isSilent(id: string): boolean {
    const c = this.conversation(id);
    return this.off.has(c.companyId) || this.isMuted(c) || this.isMuted(this.home(id));
  }

  flush(c: ModelConversation, reason: FlushReason): void {
    c.dueUpTo = c.seq;
    c.dueReason = reason;
  }

  /** Learns the alias if nothing of it is in hand, and nothing is ordered for it. */
  forwardAlias(alias: string, known: string): number {
    const a = this.conversation(alias);
    const isSteered = !this.hasCome(a.heldUntil) || a.mutedUntil > this.now || a.blockedUntil > this.now;
    if (a.window.length === 0 && !a.claim && !a.turn && !isSteered) this.aliases.set(alias, known);
    return 0;
  }

  learnAlias(alias: string, known: string): number {
    if (this.aliases.has(alias)) return 0;
    const a = this.conversation(alias);
    const c = this.conversation(known);
    const { limits } = c;
    // The alias brings its own, and they are kept together with any other change.
    if (c.replaced.length === 0) c.limits ??= a.limits;
    const isKnown = a.habit.turns > 0;
    const wasSteered = Math.max(a.heldUntil, a.mutedUntil, a.blockedUntil) > 0;
    const moved = this.becomesOne(a, c) ? this.joinAll(a, c, alias, known) : null;
    if (moved === null || !(moved > 0 || isKnown || c.turn || wasSteered)) c.limits = limits;
    return moved ?? 0;
  }

  /** True if all that both hold unclaimed, and a draft, make one batch. */
  private fitsOneBatch(c: ModelConversation, window: readonly ModelMessage[]): boolean {
    const all = [...heldBy(c), ...window];
    const longest = bytesOf(all) + 16 * all.length;
    const fits = all.length <= this.within(c).maxSize && longest <= this.limits.maxBytes;
    return window.length > 0 && fits && !all.some(({ isStale }) => isStale);
  }

  /** False where it is left to a later payload. */
  private becomesOne(a: ModelConversation, c: ModelConversation): boolean {
    if ((a.claim ?? a.turn) && c.claim && !c.turn) return false;
    if (a.window.length === 0) return true;
    const theirs = a.claim ? [] : a.replaced;
    const ours = c.claim ? [] : c.replaced;
    if (theirs.length + ours.length === 0) return true;
    if (this.comesAsItIs(a, c)) return true;
    return this.fitsOneBatch(c, a.window) && (!c.claim || this.isJoining(a, c));
  }

  /** True if the alias's first batch stays what it would have been. */
  private comesAsItIs({ window, limits }: ModelConversation, c: ModelConversation): boolean {
    const before = limits ?? this.limits;
    const isNoLonger = c.seq < (window[0]?.seq ?? 0);
    const fits = isNoLonger || bytesOf(window) + 16 * window.length <= this.limits.maxBytes;
    return heldBy(c).length === 0 && this.within(c).maxSize >= before.maxSize && fits;
  }

  /** True if what the alias holds supersedes the draft. */
  private isJoining(a: ModelConversation, c: ModelConversation): boolean {
    return this.fitsOneBatch(c, a.window) && this.maySupersede(c, a.window.length, bytesOf(a.window));
  }

  private joinAll(a: ModelConversation, c: ModelConversation, alias: string, known: string): number {
    const theirs = !a.claim && a.window.length > 0 ? a.replaced : [];
    const ahead = a.claim?.batchId ?? a.turn?.batchId;
    this.aliases.set(alias, known);
    if (this.isJoining(a, c)) this.supersede(c);
    if (a.window.length > 0) {
      c.replaced = [...c.replaced, ...theirs];
      if (!a.claim) a.replaced = [];
    }
    if (ahead !== undefined && !c.turn) {
      c.turn = {
        batchId: ahead,
        of: alias,
        token: null,
        until: this.now + ASK_ABOUT_ALIAS_AFTER_MS,
        began: null,
        openedAt: null,
      };
    }
    this.inherit(a, c);
    const moved = a.window.length;
    if (moved > 0) this.join(a, c);
    c.habit = {
      turns: c.habit.turns + a.habit.turns,
      splits: c.habit.splits + a.habit.splits,
    };
    a.habit = { turns: 0, splits: 0 };
    return moved;
  }

  /** What was ordered for the alias is ordered for the person, the later end of both. */
  private inherit(a: ModelConversation, c: ModelConversation): void {
    const outlasts = this.hasCome(c.heldUntil) || c.heldUntil < a.heldUntil;
    if (!this.hasCome(a.heldUntil) && outlasts) c.heldUntil = a.heldUntil;
    for (const order of ['mutedUntil', 'blockedUntil'] as const)
      if (a[order] > this.now) c[order] = Math.max(a[order], c[order]);
    if (this.isMuted(a)) c.startAt = 0;
    a.heldUntil = a.mutedUntil = a.blockedUntil = 0;
  }

  /** Joins two windows in the order of arrival, after what is claimed. */
  private join(a: ModelConversation, c: ModelConversation): void {
    const flushed = [c, a].find((one) => this.isFlushed(one));
    const isOpen = c.window.length > 0;
    c.typingUntil = Math.max(c.typingUntil, a.typingUntil);
    c.awaitsUntil = Math.max(c.awaitsUntil, a.awaitsUntil);
    c.startAt = 0;
    c.slowedUntil = c.slowedUntil || a.slowedUntil;
    a.slowedUntil = 0;
    a.typingUntil = 0;
    a.awaitsUntil = 0;
    c.openedAt = isOpen ? Math.min(c.openedAt, a.openedAt) : a.openedAt;
    if (!isOpen || a.quietUntil >= c.quietUntil) c.why = a.why;
    c.goesOn = (isOpen && c.goesOn) || a.goesOn;
    c.quietUntil = isOpen ? Math.max(c.quietUntil, a.quietUntil) : a.quietUntil;
    c.window = inOrderOfArrival(c.window, a.window).map((message) => {
      c.seq += 1;
      const bytes = message.bytes + String(c.seq).length - String(message.seq).length;
      return { ...message, seq: c.seq, bytes };
    });
    a.window = [];
    if (flushed) this.flush(c, flushed.dueReason);
  }
}
