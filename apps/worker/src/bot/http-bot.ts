import { Logger } from '@nestjs/common';
import type { BotState, BotStates } from '@app/batching';
import { type BotAnswer, type BotCall, type BotDialect, type BotSettings, shapeOf } from '@app/bots';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { callJson, type CallOutcome } from '../http/json-call';
import { retryAfterMs } from '../http/retry-after';
import { Bot, type BotOutcome, idOf, isEvent, type BotRequest, type LeftByAnswer, NO_STATE } from './bot';
import { type LastAnswer, lastAnswer } from './last-answer';
import type { OddAnswers } from './odd-answers';
import { plainText } from './plain-text';
import { repliesOf } from './replies-of';
import { signatureHeaders } from './signature';

/** In addition to 5xx: these may succeed the next time. */
const TOO_MANY = 429;
const PASSING = new Set([408, 425, TOO_MANY]);
/** A shorter text among the headers is no secret, and may stand in any answer. */
const SHORTEST_SECRET = 8;

type Answered = CallOutcome & { kind: 'answered' };

/** The collaborators of an `HttpBot`. */
export interface HttpBotParts {
  dialect: BotDialect;
  states: BotStates;
  oddAnswers: OddAnswers;
}

/** The bot at `BOT_URL`: one signed `POST` for each attempt, in the dialect of its preset. */
export class HttpBot extends Bot {
  private readonly logger = new Logger('Bot');

  constructor(
    private readonly settings: BotSettings & { url: string },
    private readonly parts: HttpBotParts,
  ) {
    super();
  }

  async recall(request: BotRequest): Promise<BotState> {
    if (isEvent(request) || !this.parts.dialect.keepsState) return NO_STATE;
    return this.parts.states.of(parseConversationId(request.conversationId));
  }

  async keep({ conversationId, batchId }: MergedMessage, left: LeftByAnswer): Promise<void> {
    const conversation = parseConversationId(conversationId);
    const { ttlMs: keepMs } = this.settings.state;
    const outcome = await this.parts.states.keep(conversation, { batchId, ...left, keepMs });
    if (outcome === 'overtaken')
      this.logger.warn('A later answer has left something already: what this one left is not kept', {
        batchId,
      });
  }

  async take(request: BotRequest, state: unknown, signal?: AbortSignal): Promise<BotOutcome> {
    if (isEvent(request) && !this.parts.dialect.takesEvents) return this.leaveOut(request.eventId);
    const beganAt = performance.now();
    const { timeoutMs } = this.settings;
    const first = await this.call(request, state, timeoutMs, signal);
    if (!this.isStateLost(first, state)) return this.judge(first, request, state);
    this.logger.warn('The bot no longer knows the conversation: it begins anew', { batchId: idOf(request) });
    const leftMs = Math.max(1, Math.ceil(timeoutMs - (performance.now() - beganAt)));
    return this.judge(await this.call(request, null, leftMs, signal), request, null);
  }

  private async call(
    request: BotRequest,
    state: unknown,
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<Called> {
    const call = await this.callOf(request, state);
    if (call instanceof Error)
      return { outcome: { kind: 'unsendable', error: call.message }, keep: this.keeperOf({}) };
    const body = JSON.stringify(call.body);
    const headers = {
      ...call.headers,
      'idempotency-key': idOf(request),
      ...signatureHeaders(idOf(request), body, this.settings.secrets, new Date()),
    };
    const { allowPrivate } = this.settings;
    const limits = { timeoutMs, allowPrivate, maxBytes: this.parts.dialect.maxAnswerBytes, signal };
    const outcome = await callJson({ url: call.url, headers, body }, limits);
    return { outcome, keep: this.keeperOf(call.headers) };
  }

  private async callOf(request: BotRequest, state: unknown): Promise<BotCall | Error> {
    const { dialect } = this.parts;
    try {
      return await (isEvent(request) ? dialect.eventCall(request) : dialect.call(request, state));
    } catch (error) {
      return error as Error;
    }
  }

  private isStateLost({ outcome }: Called, state: unknown): boolean {
    return state !== null && outcome.kind === 'answered' && this.parts.dialect.isStateLost(answerOf(outcome));
  }

  private judge(
    { outcome: call, keep }: Called,
    request: BotRequest,
    state: unknown,
  ): BotOutcome | Promise<BotOutcome> {
    switch (call.kind) {
      case 'interrupted':
        return { kind: 'interrupted' };
      case 'unsendable':
        return { kind: 'refused', answer: keep(call, call.error) };
      case 'not-sent':
      case 'no-answer':
        return {
          kind: 'unavailable',
          answer: keep(call, call.error),
          retryAfterMs: null,
          mayBlame: call.kind === 'no-answer',
        };
      case 'answered':
        return this.judgeAnswer(call, request, state, keep);
    }
  }

  private judgeAnswer(
    call: Answered,
    request: BotRequest,
    state: unknown,
    keep: Keeper,
  ): BotOutcome | Promise<BotOutcome> {
    const { status, headers, body } = call;
    if (status >= 500 || PASSING.has(status)) {
      const answer = keep(call, `the bot answered ${status}`);
      const asked = retryAfterMs(headers['retry-after'], Date.now());
      return { kind: 'unavailable', answer, retryAfterMs: asked, mayBlame: status !== TOO_MANY };
    }
    if (status >= 300 && status < 400) {
      const why = `the bot answered ${status}, a redirect, and none is followed: let BOT_URL name where it leads`;
      return { kind: 'refused', answer: keep(call, why) };
    }
    if (status >= 400) return { kind: 'refused', answer: keep(call, `the bot answered ${status}`) };
    if (!body.isWhole) {
      const why = `the bot answered ${status} with more than ${this.parts.dialect.maxAnswerBytes} bytes`;
      return { kind: 'refused', answer: keep(call, why) };
    }
    // An answer to an event is not sent anywhere, whatever its form.
    if (isEvent(request) || body.text.trim() === '')
      return { kind: 'answered', replies: [], notUnderstood: null };
    return this.read(call, request, state, keep);
  }

  private async read(
    call: Answered,
    message: MergedMessage,
    state: unknown,
    keep: Keeper,
  ): Promise<BotOutcome> {
    const { status, body } = call;
    const { batchId } = message;
    const what = `the bot answered ${status} with something that is not understood`;
    let why = what;
    const reading = await this.parts.dialect.read(answerOf(call), message, state).catch((error: unknown) => {
      why = `${what}: ${(error as Error).message}`;
      return { kind: 'odd' as const };
    });
    if (reading.kind === 'failed') {
      // Its words stay with the answer: they may repeat a customer's.
      const answer = keep(call, `the bot answered ${status}, and says in it that it failed`);
      return reading.passing
        ? { kind: 'unavailable', answer, retryAfterMs: null, mayBlame: true }
        : { kind: 'refused', answer };
    }
    const { replies, leftOut, isUnderstood } =
      reading.kind === 'odd' ? { replies: [], leftOut: 0, isUnderstood: false } : repliesOf(reading.answer);
    if (leftOut > 0) this.logger.warn('The bot says more than is sent at once', { batchId, leftOut });
    const notUnderstood = isUnderstood ? null : { shape: shapeOf(body.text), answer: keep(call, why) };
    if (notUnderstood) await this.parts.oddAnswers.report(message, notUnderstood, replies.length);
    const left = reading.kind === 'said' ? this.boundedState(reading.state, batchId) : undefined;
    return {
      ...{ kind: 'answered', replies: replies.map(plainText), notUnderstood },
      ...(left !== undefined && { state: left }),
    };
  }

  /** Undefined, which leaves what was kept as it is, if it is too much to be kept. */
  private boundedState(state: unknown, batchId: string): unknown {
    const bytes = state === undefined ? 0 : Buffer.byteLength(JSON.stringify(state));
    if (bytes <= this.settings.state.maxBytes) return state;
    this.logger.warn('The bot left more to be kept than BOT_STATE_BYTES: nothing of it is', {
      batchId,
      bytes,
    });
    return undefined;
  }

  private leaveOut(eventId: string): BotOutcome {
    this.logger.warn('Bots of this BOT_PRESET take no events: this one is given to nobody', { eventId });
    return { kind: 'answered', replies: [], notUnderstood: null };
  }

  /** Keeps an answer for an operator, without anything by which the bot knows us. */
  private keeperOf(headers: BotCall['headers']): Keeper {
    const { url, secrets, dialect } = this.settings;
    const shown = Object.values(headers).flatMap((value) => [value, ...value.split(' ')]);
    const all = [url, ...secrets, ...(dialect.key === null ? [] : [dialect.key]), ...shown];
    const long = all.filter(({ length }) => length >= SHORTEST_SECRET);
    return (call, error) => lastAnswer(call, error, long);
  }
}

/** A call that was made, and how an answer to it is kept. */
interface Called {
  outcome: CallOutcome;
  keep: Keeper;
}

type Keeper = (call: Parameters<typeof lastAnswer>[0], error: string) => LastAnswer;

function answerOf({ status, headers, body }: Answered): BotAnswer {
  const contentType = headers['content-type'];
  return { status, contentType: typeof contentType === 'string' ? contentType : '', text: body.text };
}
