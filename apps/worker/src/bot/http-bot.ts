import { Logger } from '@nestjs/common';
import type { BotSettings } from '@app/bots';
import { callJson, type CallOutcome } from '../http/json-call';
import { retryAfterMs } from '../http/retry-after';
import { Bot, type BotOutcome, idOf, isEvent, type BotRequest } from './bot';
import { lastAnswer } from './last-answer';
import { repliesOf } from './replies-of';
import { signatureHeaders } from './signature';

const MAX_ANSWER_BYTES = 1024 ** 2;
/** How much of an answer that is not understood the log line shows. */
const BEGINNING = 200;
/** In addition to 5xx: these may succeed the next time. */
const TOO_MANY = 429;
const PASSING = new Set([408, 425, TOO_MANY]);

/** The bot at `BOT_URL`: one signed `POST` for each attempt. */
export class HttpBot extends Bot {
  private readonly logger = new Logger('Bot');
  private readonly url: URL;

  constructor(private readonly settings: BotSettings & { url: string }) {
    super();
    this.url = new URL(settings.url);
  }

  async take(request: BotRequest, signal?: AbortSignal): Promise<BotOutcome> {
    const { secrets, timeoutMs, allowPrivate } = this.settings;
    const body = JSON.stringify(request);
    const headers = {
      'idempotency-key': idOf(request),
      ...signatureHeaders(idOf(request), body, secrets, new Date()),
    };
    const limits = { timeoutMs, allowPrivate, maxBytes: MAX_ANSWER_BYTES, signal };
    return this.judge(await callJson({ url: this.url, headers, body }, limits), request);
  }

  private judge(call: CallOutcome, request: BotRequest): BotOutcome {
    switch (call.kind) {
      case 'interrupted':
        return { kind: 'interrupted' };
      case 'unsendable':
        return { kind: 'refused', answer: this.keep(call, call.error) };
      case 'not-sent':
      case 'no-answer':
        return {
          kind: 'unavailable',
          answer: this.keep(call, call.error),
          retryAfterMs: null,
          mayBlame: call.kind === 'no-answer',
        };
      case 'answered':
        return this.judgeAnswer(call, request);
    }
  }

  private judgeAnswer(call: CallOutcome & { kind: 'answered' }, request: BotRequest): BotOutcome {
    const { status, headers, body } = call;
    if (status >= 500 || PASSING.has(status)) {
      const answer = this.keep(call, `the bot answered ${status}`);
      const asked = retryAfterMs(headers['retry-after'], Date.now());
      return { kind: 'unavailable', answer, retryAfterMs: asked, mayBlame: status !== TOO_MANY };
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
    // An answer to an event is not sent anywhere, whatever its form.
    if (isEvent(request)) return { kind: 'answered', replies: [], notUnderstood: null };
    return this.read(call, request.batchId);
  }

  private read(call: CallOutcome & { kind: 'answered' }, batchId: string): BotOutcome {
    const { status, headers, body } = call;
    const { replies, leftOut, notUnderstood } = repliesOf(body.text);
    if (leftOut > 0) this.logger.warn('The bot says more than is sent at once', { batchId, leftOut });
    if (notUnderstood === null) return { kind: 'answered', replies, notUnderstood };
    const answer = this.keep(call, `the bot answered ${status} with something that is not understood`);
    this.logger.warn('The bot answered something that is not understood; it is kept with the job', {
      ...{ batchId, shape: notUnderstood, sent: replies.length, contentType: headers['content-type'] },
      text: answer.body.trim().slice(0, BEGINNING),
    });
    return { kind: 'answered', replies, notUnderstood: { shape: notUnderstood, answer } };
  }

  private keep(call: Parameters<typeof lastAnswer>[0], error: string): ReturnType<typeof lastAnswer> {
    return lastAnswer(call, error, [this.settings.url, ...this.settings.secrets]);
  }
}
