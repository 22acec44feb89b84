import type { FlushReason, WindowReport } from '@app/contracts';
import {
  bytesOf,
  type Limits,
  type ModelConversation,
  type ModelMessage,
  type OwnLimits,
} from './model-state';

const MINUTE_MS = 60_000;

/** The model's clock, and what it makes of a window. */
export class ModelWindows {
  now = 1_700_000_000_000;
  /** The latest time so far: what was due then may be looked at only when it comes again. */
  latest = this.now;

  /** What operators have given companies at run time, and those whose bot they have switched off. */
  readonly given = new Map<string, Limits>();
  readonly off = new Set<string>();

  constructor(readonly limits: Limits) {}

  /** What a conversation's company goes by now. */
  companyOf({ companyId }: Pick<ModelConversation, 'companyId'>): Limits {
    return this.given.get(companyId) ?? this.limits;
  }

  /** What the conversation goes by. */
  within({ limits }: ModelConversation): OwnLimits {
    return limits ?? this.limits;
  }

  /** True if a draft may be made of what it holds. */
  makesDrafts(c: ModelConversation): boolean {
    return this.companyOf(c).supersede !== null && !this.off.has(c.companyId) && !this.isMuted(c);
  }

  /** Moves the clock, also back. */
  pass(ms: number): void {
    this.now += ms;
    this.latest = Math.max(this.latest, this.now);
  }

  hasCome(time: number): boolean {
    return time <= this.now || time > this.now + this.limits.horizonMs;
  }

  windowEnd(c: ModelConversation): number {
    return Math.min(this.silenceEnd(c), c.openedAt + this.within(c).maxWaitMs);
  }

  /** When a batcher looks: the bot may be called before the window is over. */
  protected silenceEnd(c: ModelConversation): number {
    const silence = c.startAt > 0 ? Math.min(c.startAt, c.quietUntil) : c.quietUntil;
    return Math.max(silence, c.typingUntil, c.awaitsUntil);
  }

  /** When the window is over, whatever holds or flushes it; a full one waits for transcripts alone. */
  private endOf(c: ModelConversation): number {
    if (!this.isFull(c)) return this.windowEnd(c);
    return c.awaitsUntil > 0 ? Math.min(c.awaitsUntil, c.openedAt + this.within(c).maxWaitMs) : 0;
  }

  /** What is left of a window waits for its own transcripts only. */
  awaitAnew(c: ModelConversation): void {
    if (c.awaitsUntil > 0) c.awaitsUntil = Math.max(0, ...c.window.map(({ awaits }) => awaits));
  }

  isMuted({ mutedUntil }: ModelConversation): boolean {
    return mutedUntil > this.now;
  }

  isFull(c: ModelConversation): boolean {
    return c.window.length >= this.within(c).maxSize || bytesOf(c.window) >= this.limits.maxBytes;
  }

  isFlushed(c: ModelConversation): boolean {
    return c.dueUpTo >= (c.window[0]?.seq ?? Infinity);
  }

  /** When the window is due; null if there is none. */
  dueAt(c: ModelConversation): number | null {
    if (c.window.length === 0) return null;
    if (this.isFlushed(c)) return this.now;
    const at = this.unheldAt(c);
    return this.hasCome(c.heldUntil) ? at : Math.max(at, c.heldUntil);
  }

  private unheldAt(c: ModelConversation): number {
    const end = this.isSlowed(c) ? c.slowedUntil : this.endOf(c);
    return this.hasCome(end) ? this.now : end;
  }

  /** True if a window waits for the end of a minute, or has waited for it, longer than for anything else. */
  private isSlowed(c: ModelConversation): boolean {
    return c.slowedUntil > 0 && c.slowedUntil >= this.endOf(c);
  }

  /** Counts a message that has come; true if it is one too many within its minute. */
  protected slows(c: ModelConversation): boolean {
    const { maxPerMinute } = this.companyOf(c);
    if (maxPerMinute === 0) return false;
    const isOver = c.minute.endsAt <= this.now || c.minute.endsAt > this.now + MINUTE_MS;
    const { endsAt, messages } = isOver ? { endsAt: this.now + MINUTE_MS, messages: 0 } : c.minute;
    c.minute = { endsAt, messages: messages + 1 };
    if (messages < maxPerMinute) return false;
    if (c.slowedUntil === 0) c.slowedUntil = endsAt;
    return true;
  }

  protected reasonOf(c: ModelConversation): FlushReason {
    if (this.isFlushed(c)) return c.dueReason;
    if (this.isSlowed(c)) return 'max-rate';
    if (c.window.length >= this.within(c).maxSize) return 'max-size';
    if (bytesOf(c.window) >= this.limits.maxBytes) return 'max-bytes';
    return c.openedAt + this.within(c).maxWaitMs < this.silenceEnd(c) ? 'max-wait' : 'quiet';
  }

  protected cut(c: ModelConversation): ModelMessage[] {
    const takesAll = this.unheldAt(c) <= this.now;
    const batch: ModelMessage[] = [];
    for (const message of c.window.slice(0, this.within(c).maxSize)) {
      const fits = bytesOf(batch) + message.bytes <= this.limits.maxBytes;
      const isAlone = message.isStale || batch[0]?.isStale;
      if (batch.length > 0 && (isAlone || !fits || !(takesAll || message.seq <= c.dueUpTo))) break;
      batch.push(message);
    }
    return batch;
  }

  /** The silence behind a message that has just come; with `quietMs` its type asks for one of its own. */
  protected silenceBehind(c: ModelConversation, quietMs: number): number {
    const { byHabit, quietMs: normalMs } = this.companyOf(c);
    if (!byHabit) return quietMs;
    const { turns, splits } = c.habit;
    const share = (splits + 0.66) / (turns + 3);
    const level = share > 0.3 ? 'max' : share <= 0.15 && c.window.length === 1 ? 'min' : 'normal';
    const ms = { min: byHabit.minMs, normal: normalMs, max: byHabit.maxMs }[level];
    const why = quietMs > ms ? 'by type' : `${level}: split ${splits} of the last ${turns} turns`;
    const silenceMs = Math.max(ms, quietMs);
    if (this.now + silenceMs >= c.quietUntil) c.why = why;
    return silenceMs;
  }

  /** True if a window that begins now is one with what was answered last, or is being answered. */
  protected goesOn(c: ModelConversation): boolean {
    const { turn, answeredAt } = c;
    if (turn) return this.now < (turn.openedAt ?? this.now) + this.within(c).maxWaitMs;
    return answeredAt > 0 && this.now - answeredAt < 5_000;
  }

  /** What a batch that is claimed now says of its window, and shows of its customer's habit. */
  protected habitIn(
    c: ModelConversation,
    batch: readonly ModelMessage[],
  ): { window: WindowReport | null; shows: number | null } {
    const last = c.window.at(-1)?.receivedAt ?? 0;
    if (c.why === '') return { window: null, shows: null };
    const shows = batch[0]?.isStale ? null : c.goesOn ? 2 : Number(batch.length > 1);
    return { window: { ms: Math.max(0, c.quietUntil - last), why: c.why }, shows };
  }

  protected learn(c: ModelConversation, shows: number): void {
    const kept = c.habit.turns >= 20 ? 0.5 : 1;
    const turns = Math.round(kept * c.habit.turns) + 1;
    c.habit = { turns, splits: Math.min(turns, Math.round(kept * c.habit.splits) + shows) };
  }
}
