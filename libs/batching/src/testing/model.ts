import type { BatchingSettings } from '../config/batching.settings';
import { HORIZON_MS } from '../store/batch-store';
import { askAfterMs } from '../turns/turns';
import { ModelAliases } from './model-aliases';
import type {
  Limits,
  ModelClaim,
  ModelConversation,
  ModelDeadLetter,
  ModelEdit,
  ModelMessage,
} from './model-state';

const HOUR_MS = 3_600_000;

/** The promised behaviour without Redis, concurrency or crashes: plain values, one clock. */
export class Model extends ModelAliases {
  paused = false;
  workerSeen = false;
  readonly seen = new Map<string, number>();
  /** Company and message id → the change that came before the message, and until when that is remembered. */
  readonly changes = new Map<string, { until: number; change: ModelEdit | 'revoked' }>();
  readonly deadLetters = new Map<string, ModelDeadLetter>();
  /** Batch → the ids of its messages, as first handed to the queue. */
  readonly jobs = new Map<string, string[]>();
  /** Those of them that are done and gone. */
  readonly gone = new Set<string>();

  /** A model with the limits of the system that it is compared with. */
  static of(settings: BatchingSettings): Model {
    return new Model(Model.limitsOf(settings));
  }

  static limitsOf({ window, bounds, handOff, memory, turns }: BatchingSettings): Limits {
    const { quietMs, maxWaitMs, maxSize, maxStoredBytes: maxBytes } = window;
    const { leaseMs } = handOff;
    const { dedupTtlMs } = memory;
    return {
      ...{ quietMs, maxWaitMs, maxSize, maxBytes, ...bounds },
      ...{ leaseMs, horizonMs: HORIZON_MS, dedupTtlMs },
      ...{ turnMaxMs: turns.maxMs, askAfterMs: askAfterMs({ turns }), maxTurnsPerHour: turns.maxPerHour },
      ...{ maxPerMinute: window.maxPerMinute, maxSupersedes: turns.maxSupersedes },
      supersede: turns.supersede ? { startMs: Number(turns.start ?? 0) } : null,
      byHabit: window.endpointing,
    };
  }

  changeOf(key: string): ModelEdit | 'revoked' | null {
    const known = this.changes.get(key);
    return known && known.until > this.now ? known.change : null;
  }

  keepChange(key: string, change: ModelEdit | 'revoked'): void {
    this.changes.set(key, { until: this.now + this.limits.dedupTtlMs, change });
  }

  /** What becomes of a worker's wish to send the answer. */
  commitTurn(
    c: ModelConversation,
    batchId: string,
    token: string,
  ): 'committed' | 'wait' | 'muted' | 'superseded' | 'stale' {
    const { turn, claim } = c;
    if (turn?.batchId !== batchId || turn.token !== token)
      return this.superseded.has(batchId) ? 'superseded' : 'stale';
    if (this.isMuted(c) || this.off.has(c.companyId)) return 'muted';
    const { maxWaitMs } = this.within(c);
    const draft = claim?.batchId === batchId && claim.answerAt !== null ? claim : null;
    const longest = (turn.openedAt ?? this.now) + maxWaitMs;
    const at = Math.min(Math.max(draft?.answerAt ?? 0, c.typingUntil), longest);
    if (at > this.now && at <= this.now + maxWaitMs) return 'wait';
    const isOvertaken = c.window.length > 0 || !this.hasCome(c.heldUntil);
    if (draft && isOvertaken && this.maySupersede(c, 0, 0)) {
      this.supersede(c);
      return 'superseded';
    }
    const isLast = draft && this.hasCome(draft.openedAt + maxWaitMs);
    if (draft && isOvertaken && !draft.isAtBot && !isLast) return 'wait';
    if (draft) draft.answerAt = null;
    if (draft && turn.began !== null) turn.began = this.now;
    if (draft?.isAtBot) this.commit(c);
    return 'committed';
  }

  /** A message comes, and with it the limits of its company. */
  bringLimits(c: ModelConversation): void {
    const { maxSize: most, maxWaitMs, maxSupersedes } = this.companyOf(c);
    // What was superseded together has room in one batch.
    const isKept = c.replaced.length > 0 && !c.claim;
    const maxSize = isKept ? Math.max(most, this.within(c).maxSize) : most;
    const isOwn = [maxSize, maxWaitMs, maxSupersedes].some(
      (limit, i) => limit !== [this.limits.maxSize, this.limits.maxWaitMs, this.limits.maxSupersedes][i],
    );
    c.limits = isOwn ? { maxSize, maxWaitMs, maxSupersedes } : null;
  }

  append(
    id: string,
    message: Omit<ModelMessage, 'seq' | 'receivedAt'>,
    quietMs: number,
    direct: boolean,
  ): void {
    const c = this.conversation(id);
    const { supersede, maxSupersedes } = this.companyOf(c);
    c.seq += 1;
    if (!message.isStale && this.maySupersede(c, 1, message.bytes)) this.supersede(c);
    if (c.window.length === 0) {
      c.openedAt = this.now;
      c.quietUntil = 0;
      c.startAt = 0;
      c.goesOn = this.goesOn(c);
    }
    c.answeredAt = 0;
    c.window.push({ ...message, seq: c.seq, receivedAt: this.now });
    c.quietUntil = Math.max(c.quietUntil, this.now + this.silenceBehind(c, quietMs));
    c.typingUntil = 0;
    if (this.slows(c)) this.totals.slowed += 1;
    c.awaitsUntil = Math.max(c.awaitsUntil, message.awaits);
    if (
      supersede &&
      supersede.startMs > 0 &&
      this.makesDrafts(c) &&
      (c.claim || c.replaced.length < maxSupersedes)
    )
      c.startAt = this.now + supersede.startMs;
    if (direct) this.flush(c, 'direct');
    this.totals.accepted += 1;
  }

  /** A claim is tried: no early start is left where no draft is made, also if a clock that went back has put a mute in force again. */
  tryClaim(c: ModelConversation): void {
    const isTakenOver = c.claim !== null && !c.claim.isAtBot && this.hasCome(c.claim.leaseUntil);
    if (!this.paused && !isTakenOver && !this.makesDrafts(c)) c.startAt = 0;
  }

  /** True if a claim would be given now. */
  isClaimable(c: ModelConversation): boolean {
    if (this.paused) return false;
    if (c.claim) return !c.claim.isAtBot && this.hasCome(c.claim.leaseUntil);
    if (c.turn) return false;
    const at = this.dueAt(c);
    return at !== null && at <= this.now;
  }

  claim(c: ModelConversation, batchId: string, token: string): ModelClaim {
    const leaseUntil = this.now + this.limits.leaseMs;
    if (c.claim) {
      Object.assign(c.claim, { token, leaseUntil, attempt: c.claim.attempt + 1 });
      return c.claim;
    }
    const messages = this.cut(c);
    const reason = this.reasonOf(c);
    const { openedAt } = c;
    c.claim = {
      ...{ batchId, token, leaseUntil, attempt: 1, failures: 0, reason, messages, openedAt },
      ...{ answerAt: this.isDraft(c, messages, reason) ? c.quietUntil : null, isAtBot: false },
      ...this.habitIn(c, messages),
    };
    this.contents.set(
      batchId,
      messages.map(({ id }) => id),
    );
    c.window = c.window.slice(messages.length);
    c.openedAt = c.window[0]?.receivedAt ?? 0;
    c.goesOn = false;
    if (c.window.length === 0) c.typingUntil = 0;
    if (c.window.length === 0 || this.hasCome(c.slowedUntil)) c.slowedUntil = 0;
    this.awaitAnew(c);
    return c.claim;
  }

  /** What is between a claimed batch and its turn: the one before it, on the queue; its own job, of a dead owner. */
  aheadOf({ claim, latest }: ModelConversation): string | null {
    if (latest === null || latest === claim?.batchId) return latest;
    return this.jobs.has(latest) && !this.gone.has(latest) ? latest : null;
  }

  /** As a sweep does it, which keeps the order of batches that no turn holds back. */
  settleInOrder(c: ModelConversation): void {
    const { claim } = c;
    if (!claim) return;
    const isBehind = this.aheadOf(c) !== null;
    if (isBehind || !this.holdsTurns(c)) c.latest = claim.batchId;
    this.settle(c, !isBehind);
  }

  settle(c: ModelConversation, beginsTurn = true): void {
    if (!c.claim) return;
    const { batchId, answerAt, openedAt } = c.claim;
    if (beginsTurn && this.holdsTurns(c) && !c.turn && c.done !== batchId) {
      const until = this.now + this.limits.askAfterMs;
      c.turn = { batchId, of: null, token: null, until, began: null, openedAt };
    }
    if (answerAt === null || c.turn?.batchId !== batchId) {
      this.commit(c);
      return;
    }
    c.claim.isAtBot = true;
  }

  private holdsTurns(c: ModelConversation): boolean {
    return this.workerSeen || this.companyOf(c).supersede !== null;
  }

  /** True if a worker may start on the batch. */
  mayBegin({ turn, claim }: ModelConversation, batchId: string): boolean {
    return turn ? turn.batchId === batchId : !claim || claim.batchId === batchId;
  }

  /** True if a worker with this token may rely on its turn. */
  isHeld({ turn }: ModelConversation, token: string): boolean {
    return turn?.token === token && this.now - (turn.began ?? this.now) < this.limits.turnMaxMs;
  }

  endTurn(c: ModelConversation, batchId: string): void {
    if (c.claim?.batchId === batchId) {
      if (c.claim.isAtBot) this.commit(c);
      else c.done = batchId;
    }
    c.turn = null;
  }

  /** Counts a turn that has run its course; true if the conversation is held for it from now on. */
  brakes(c: ModelConversation): boolean {
    const { maxTurnsPerHour } = this.limits;
    if (maxTurnsPerHour === 0) return false;
    const isOver = !c.hour || c.hour.beganAt > this.now || this.now - c.hour.beganAt >= HOUR_MS;
    const hour = isOver || !c.hour ? { beganAt: this.now, turns: 0 } : c.hour;
    c.hour = { ...hour, turns: hour.turns + 1 };
    if (c.hour.turns < maxTurnsPerHour) return false;
    c.heldUntil = Math.max(this.hasCome(c.heldUntil) ? 0 : c.heldUntil, hour.beganAt + HOUR_MS);
    c.hour = null;
    return true;
  }
}
