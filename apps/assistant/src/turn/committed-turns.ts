import { Injectable, Logger } from '@nestjs/common';
import { BatchStore } from '@app/batching';
import { parseConversationId } from '@app/contracts';
import { ProblemException } from '@app/platform';
import type { BotAnswer, CommitNotice } from '../bot/bot-call';
import { ConversationMemory } from '../context/conversation-memory';
import { AssistantMetrics } from '../metrics/assistant.metrics';
import { Toolbox } from '../tools/toolbox';

/** A notice that is being worked on, for as long as its process says so: if it dies, the next notice does the turn. */
const IN_HAND = 'in-hand';
const IN_HAND_S = 10;
/** A process that stands still for some seconds still has it in hand. */
const STILL_IN_HAND_MS = 2_500;
/** Longer than the worker repeats a notice. */
const DONE_S = 2 * 24 * 3600;
const RETRY_S = 2;

/**
 * Does what committed answers have promised, once for each turn: a notice that comes again is answered as before, and one that comes
 * while the first is in hand is told to come later. If the process dies in between, the next notice does it all again; every act knows
 * by its key what was done.
 */
@Injectable()
export class CommittedTurns {
  private readonly logger = new Logger('Assistant');

  constructor(
    private readonly store: BatchStore,
    private readonly toolbox: Toolbox,
    private readonly memory: ConversationMemory,
    private readonly metrics: AssistantMetrics,
  ) {}

  /** @throws ProblemException 425 while the turn is in hand; whatever kept an act from being done. */
  async perform(notice: CommitNotice): Promise<BotAnswer> {
    const key = this.store.keysOf(parseConversationId(notice.conversationId)).committedTurn(notice.turnId);
    const before = await this.takeInHand(key);
    if (before === IN_HAND)
      throw new ProblemException(425, { detail: 'This turn is being committed.' }, RETRY_S);
    if (before !== null) return JSON.parse(before) as BotAnswer;
    try {
      const answer = await this.keepingInHand(key, this.performOnce(notice));
      await this.store.commands((redis) => redis.set(key, JSON.stringify(answer), 'EX', DONE_S));
      return answer;
    } catch (error) {
      // The next notice need not wait for the mark to expire; if even this fails, it has to.
      await this.store.redis.del(key).catch(() => undefined);
      throw error;
    }
  }

  /** Null if this call has it in hand now; else what an earlier one left there. */
  private takeInHand(key: string): Promise<string | null> {
    return this.store.commands(async (redis) => {
      if (await redis.set(key, IN_HAND, 'EX', IN_HAND_S, 'NX')) return null;
      // What expired in between is taken by the next notice.
      return (await redis.get(key)) ?? IN_HAND;
    });
  }

  private async keepingInHand<T>(key: string, work: Promise<T>): Promise<T> {
    let kept: Promise<unknown> = Promise.resolve();
    const timer = setInterval(() => {
      // If Redis is away, the next notice may do the turn beside us: every act knows what was done.
      kept = this.store.commands((redis) => redis.expire(key, IN_HAND_S)).catch(() => undefined);
    }, STILL_IN_HAND_MS);
    return work.finally(async () => {
      clearInterval(timer);
      // Later it would shorten the age of the answer.
      await kept;
    });
  }

  private async performOnce({ turnId, conversationId, commit }: CommitNotice): Promise<BotAnswer> {
    const refusals: string[] = [];
    for (const [index, act] of commit.acts.entries()) {
      const outcome = await this.toolbox.perform(act, `${turnId}:${index}`).catch((error: unknown) => {
        this.metrics.promised(act.tool, 'failed');
        throw error;
      });
      this.metrics.promised(act.tool, outcome.kind);
      this.logger.log('A promise is kept', { turnId, tool: act.tool, outcome: outcome.kind });
      if (outcome.kind === 'refused') refusals.push(outcome.reply);
    }
    const reply = refusals.join('\n\n');
    const exchange = reply === '' ? commit.exchange : { ...commit.exchange, assistant: reply };
    await this.memory.keep(conversationId, turnId, { ...commit, exchange });
    return reply === '' ? {} : { reply };
  }
}
