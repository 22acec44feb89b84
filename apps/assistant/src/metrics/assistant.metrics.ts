import { Injectable } from '@nestjs/common';
import { Metrics } from '@app/platform';

/** What became of a wish for the model's words. `passing`: it may give them later. `unusable`: what it said is no reply. */
const REPLIES = ['said', 'aborted', 'passing', 'unusable'] as const;

export type ReplyOutcome = (typeof REPLIES)[number];

/** Tokens, as the model's server counts them. */
export interface TokenCounts {
  inputTokens: number | undefined;
  outputTokens: number | undefined;
}

/** Counts what the model is asked, what its tools find, and what becomes of promises. */
@Injectable()
export class AssistantMetrics {
  private readonly replies;
  private readonly durations;
  private readonly tokens;
  private readonly toolCalls;
  private readonly promises;

  constructor(metrics: Metrics) {
    this.replies = metrics.counter({
      name: 'model_replies_total',
      help: 'Replies and summaries that the model was asked for: said, aborted (nobody waited any more), passing (it may give one later), unusable.',
      labelNames: ['outcome'],
    });
    for (const outcome of REPLIES) this.replies.inc({ outcome }, 0);
    this.durations = metrics.histogram({
      name: 'model_reply_duration_seconds',
      help: 'Time from asking the model to its reply, with all that its tools look up.',
      labelNames: ['outcome'],
      buckets: [0.25, 0.5, 1, 2, 4, 8, 15, 25, 60, 120],
    });
    this.tokens = metrics.counter({
      name: 'model_tokens_total',
      help: 'Tokens of the replies that the model gave, as its server counts them.',
      labelNames: ['kind'],
    });
    for (const kind of ['input', 'output']) this.tokens.inc({ kind }, 0);
    this.toolCalls = metrics.counter({
      name: 'tool_calls_total',
      help: 'Tools that the model called: done, problem (the customer has to be asked), failed.',
      labelNames: ['tool', 'outcome'],
    });
    this.promises = metrics.counter({
      name: 'promises_total',
      help: 'What committed answers promised: done, refused (the customer was told), failed (tried again).',
      labelNames: ['tool', 'outcome'],
    });
  }

  /** @returns a function to call with the result. */
  reply(): (outcome: ReplyOutcome) => void {
    const end = this.durations.startTimer();
    return (outcome) => {
      this.replies.inc({ outcome });
      end({ outcome });
    };
  }

  spent({ inputTokens = 0, outputTokens = 0 }: TokenCounts): void {
    this.tokens.inc({ kind: 'input' }, inputTokens);
    this.tokens.inc({ kind: 'output' }, outputTokens);
  }

  /** @param tool one of ours, never a name of the model's. */
  toolCalled(tool: string, outcome: 'done' | 'problem' | 'failed'): void {
    this.toolCalls.inc({ tool, outcome });
  }

  /** @param tool one of ours. */
  promised(tool: string, outcome: 'done' | 'refused' | 'failed'): void {
    this.promises.inc({ tool, outcome });
  }
}
