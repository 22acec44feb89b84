import type { BotAnswer, BotCall, BotDialect, BotSettings } from '@app/bots';
import { callJson, type CallOutcome } from '../http/json-call';
import { type BotMessage, idOf, isCommitNotice, isEvent, type BotRequest, type Recalled } from './bot';
import { type LastAnswer, lastAnswer } from './last-answer';
import { signatureHeaders } from './signature';

/** A call that was answered. */
export type Answered = CallOutcome & { kind: 'answered' };

/** Keeps an answer for an operator, without anything by which the bot knows us. */
export type Keeper = (call: Parameters<typeof lastAnswer>[0], error: string) => LastAnswer;

/** A call that was made, and how an answer to it is kept. */
export interface Called {
  outcome: CallOutcome;
  keep: Keeper;
}

/** The limits of one call. */
export interface CallPatience {
  timeoutMs: number;
  signal: AbortSignal | undefined;
}

/** Calls the bot at `BOT_URL` in the dialect of its preset: one signed `POST`. */
export class BotCaller {
  constructor(
    private readonly settings: BotSettings & { url: string },
    private readonly dialect: BotDialect,
  ) {}

  /** Never rejects: an expression that fails makes the call unsendable. */
  async call(request: BotRequest, known: Recalled, patience: CallPatience): Promise<Called> {
    const call = await this.callOf(request, known);
    if (call instanceof Error)
      return { outcome: { kind: 'unsendable', error: call.message }, keep: this.keeperOf({}) };
    const body = JSON.stringify(call.body);
    const { secrets, allowPrivate } = this.settings;
    const { replyUrl } = known;
    const shown = { ...call.headers, ...(replyUrl !== null && { 'reply-url': replyUrl }) };
    const headers = {
      ...shown,
      'idempotency-key': idOf(request),
      ...('attempt' in request && { 'x-attempt': String(request.attempt) }),
      ...signatureHeaders(idOf(request), body, secrets, new Date()),
    };
    const limits = { ...patience, allowPrivate, maxBytes: this.dialect.maxAnswerBytes };
    const outcome = await callJson({ url: call.url, headers, body }, limits);
    return { outcome, keep: this.keeperOf(shown) };
  }

  private async callOf(
    request: BotRequest,
    { state, replyUrl, colleagues }: Recalled,
  ): Promise<BotCall | Error> {
    try {
      if (isEvent(request) || isCommitNotice(request)) return await this.dialect.eventCall(request);
      const message: BotMessage = { ...request, ...(colleagues.length > 0 && { colleagues }) };
      return await this.dialect.call(message, state, replyUrl);
    } catch (error) {
      return error as Error;
    }
  }

  private keeperOf(shown: BotCall['headers']): Keeper {
    const { url, secrets, dialect } = this.settings;
    const secretive = Object.values(shown).flatMap((value) => [value, ...value.split(' ')]);
    const all = [url, ...secrets, ...secretive, ...(dialect.key === null ? [] : [dialect.key])];
    return (call, error) => lastAnswer(call, error, all);
  }
}

/** The answer as a dialect reads it. */
export function answerOf({ status, headers, body }: Answered): BotAnswer {
  const contentType = headers['content-type'];
  return { status, contentType: typeof contentType === 'string' ? contentType : '', text: body.text };
}
