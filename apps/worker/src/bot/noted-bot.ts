import { TimelineRecorder } from '@app/batching';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { maskPhones } from '@app/platform';
import type { RedisClock } from '../consumer/redis-clock';
import { type AfterAnswer, Bot, type BotOutcome, type BotRequest, isEvent, type Recalled } from './bot';

/** The collaborators of a `NotedBot`. */
export interface NotedBotParts {
  timeline: TimelineRecorder;
  clock: Pick<RedisClock, 'nowMs' | 'monotonicMs'>;
  /** True if phones in what the bot answers are masked, as they are in the log. */
  masked: boolean;
}

/** A bot whose calls stand in the timelines of its customers, with what it answered. */
export class NotedBot extends Bot {
  constructor(
    private readonly bot: Bot,
    private readonly parts: NotedBotParts,
  ) {
    super();
  }

  recall(request: BotRequest): Promise<Recalled> {
    return this.bot.recall(request);
  }

  keep(message: MergedMessage, after: AfterAnswer): Promise<void> {
    return this.bot.keep(message, after);
  }

  async take(request: BotRequest, known: Recalled, signal?: AbortSignal): Promise<BotOutcome> {
    const { clock } = this.parts;
    const [at, beganMs] = [clock.nowMs, clock.monotonicMs];
    const outcome = await this.bot.take(request, known, signal);
    this.note(request, outcome, { at, ms: Math.round(clock.monotonicMs - beganMs) });
    return outcome;
  }

  private note(request: BotRequest, outcome: BotOutcome, times: { at: number; ms: number }): void {
    // An event belongs to a message that the bot has had, and gets no reply.
    if (isEvent(request)) return;
    const { batchId, conversationId } = request;
    this.parts.timeline.record(parseConversationId(conversationId), {
      kind: 'attempt',
      batchId,
      ...('attempt' in request
        ? { attempt: request.attempt, final: request.final }
        : { attempt: null, final: true }),
      ...times,
      ...this.said(outcome),
    });
  }

  private said(outcome: BotOutcome): Said {
    switch (outcome.kind) {
      case 'answered': {
        const { replies, notUnderstood, needsFinal, status = null } = outcome;
        const words = notUnderstood?.answer.body ?? replies.map(({ text }) => text).join('\n');
        return {
          outcome: 'answered',
          status,
          answer: this.shown(words),
          replies: replies.length,
          ...(notUnderstood && { notUnderstood: notUnderstood.shape }),
          ...(needsFinal && { needsFinal }),
        };
      }
      case 'unavailable':
      case 'refused': {
        const { status, error, body } = outcome.answer;
        return { outcome: outcome.kind, status, error: maskPhones(error), answer: this.shown(body) };
      }
      case 'promised':
        return { outcome: 'promised', status: 202, answer: null };
      case 'declined':
      case 'interrupted':
        return { outcome: outcome.kind, status: null, answer: null };
    }
  }

  private shown(words: string): string | null {
    if (words.trim() === '') return null;
    return this.parts.masked ? maskPhones(words) : words;
  }
}

type Said = Omit<
  Extract<Parameters<TimelineRecorder['record']>[1], { kind: 'attempt' }>,
  'kind' | 'batchId' | 'attempt' | 'final' | 'at' | 'ms'
>;
