import { Logger } from '@nestjs/common';
import type { Settings } from '@app/batching';
import { callJson, type CallOutcome } from '../http/json-call';
import { retryAfterMs } from '../http/retry-after';
import { Bot, type BotOutcome, idOf, type Telling } from './bot';
import { lastAnswer } from './last-answer';
import { repliesOf } from './replies-of';
import { signatureHeaders } from './signature';

const MAX_ANSWER_BYTES = 1024 ** 2;
/** Besides 5xx: these may go otherwise the next time. */
const PASSING = new Set([408, 425, 429]);

type BotSettings = Settings['bot'] & { url: string };

/** The bot at `BOT_URL`: one signed `POST` for each attempt. */
export class HttpBot extends Bot {
  private readonly logger = new Logger('Bot');
  private readonly url: URL;

  constructor(private readonly settings: BotSettings) {
    super();
    this.url = new URL(settings.url);
  }

  async take(telling: Telling, signal?: AbortSignal): Promise<BotOutcome> {
    const { secrets, timeoutMs, allowPrivate } = this.settings;
    const body = JSON.stringify(telling);
    const headers = {
      'idempotency-key': idOf(telling),
      ...signatureHeaders(idOf(telling), body, secrets, new Date()),
    };
    const limits = { timeoutMs, allowPrivate, maxBytes: MAX_ANSWER_BYTES, signal };
    return this.judge(await callJson({ url: this.url, headers, body }, limits), telling);
  }

  private judge(call: CallOutcome, telling: Telling): BotOutcome {
    switch (call.kind) {
      case 'interrupted':
        return { kind: 'interrupted' };
      case 'unsendable':
        return { kind: 'refused', answer: this.keep(call, call.error) };
      case 'not-sent':
      case 'no-answer':
        return { kind: 'unavailable', answer: this.keep(call, call.error), retryAfterMs: null };
      case 'answered':
        return this.judgeAnswer(call, telling);
    }
  }

  private judgeAnswer(call: CallOutcome & { kind: 'answered' }, telling: Telling): BotOutcome {
    const { status, headers, body } = call;
    if (status >= 500 || PASSING.has(status)) {
      const answer = this.keep(call, `the bot answered ${status}`);
      return { kind: 'unavailable', answer, retryAfterMs: retryAfterMs(headers['retry-after'], Date.now()) };
    }
    if (status >= 300 && status < 400) {
      const why = `the bot answered ${status}, a redirect, and none is followed: let BOT_URL name where it leads`;
      return { kind: 'refused', answer: this.keep(call, why) };
    }
    if (status >= 400) return { kind: 'refused', answer: this.keep(call, `the bot answered ${status}`) };
    if (!body.isWhole) {
      const why = `the bot answered ${status} with more than ${MAX_ANSWER_BYTES} bytes`;
      return { kind: 'refused', answer: this.keep(call, why) };
    }
    const { replies, leftOut } = repliesOf(body.text);
    if (leftOut > 0)
      this.logger.warn('The bot says more than is sent at once', { batchId: idOf(telling), leftOut });
    return { kind: 'answered', replies };
  }

  private keep(call: Parameters<typeof lastAnswer>[0], error: string): ReturnType<typeof lastAnswer> {
    return lastAnswer(call, error, [this.settings.url, ...this.settings.secrets]);
  }
}
