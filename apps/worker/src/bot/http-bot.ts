import { Logger } from '@nestjs/common';
import type { BotStates, ColleagueWordsStore } from '@app/batching';
import type { BotDialect, BotSettings } from '@app/bots';
import { type MergedMessage, parseConversationId } from '@app/contracts';
import { retryAfterMs } from '../http/retry-after';
import type { Pictures } from '../pictures/pictures';
import { AnswerReader } from './answer-reader';
import {
  type AfterAnswer,
  Bot,
  type BotAnswer,
  type BotOutcome,
  type BotRequest,
  idOf,
  isCommitNotice,
  isEvent,
  NOTHING_KNOWN,
  type Recalled,
} from './bot';
import { type Answered, answerOf, BotCaller, type Called, type Keeper } from './bot-caller';
import type { OddAnswers } from './odd-answers';
import type { ReplyUrls } from './reply-urls';

/** In addition to 5xx: these may succeed the next time. */
const TOO_MANY = 429;
/** A bot's word that it answers no draft. */
const TOO_EARLY = 425;
/** Its word that it can no longer do what it had planned. */
const CONFLICT = 409;
const PASSING = new Set([408, TOO_EARLY, TOO_MANY]);

const NOTHING_SAID: BotAnswer = { kind: 'answered', replies: [], notUnderstood: null };

/** The collaborators of an `HttpBot`. */
export interface HttpBotParts {
  dialect: BotDialect;
  states: BotStates;
  colleagues: ColleagueWordsStore;
  replyUrls: ReplyUrls;
  oddAnswers: OddAnswers;
  pictures: Pick<Pictures, 'of'>;
}

/** The bot at `BOT_URL`: one signed `POST` for each attempt, in the dialect of its preset. */
export class HttpBot extends Bot {
  private readonly logger = new Logger('Bot');
  private readonly dialect: BotDialect;
  private readonly states: BotStates;
  private readonly colleagues: ColleagueWordsStore;
  private readonly replyUrls: ReplyUrls;
  private readonly pictures: Pick<Pictures, 'of'>;
  private readonly caller: BotCaller;
  private readonly reader: AnswerReader;

  constructor(
    private readonly settings: BotSettings & { url: string },
    { dialect, states, colleagues, replyUrls, oddAnswers, pictures }: HttpBotParts,
  ) {
    super();
    this.dialect = dialect;
    this.states = states;
    this.colleagues = colleagues;
    this.replyUrls = replyUrls;
    this.pictures = pictures;
    this.caller = new BotCaller(settings, dialect);
    this.reader = new AnswerReader(settings, dialect, oddAnswers);
  }

  async recall(request: BotRequest): Promise<Recalled> {
    if (isEvent(request) || isCommitNotice(request)) return NOTHING_KNOWN;
    const { batchId, conversationId } = request;
    const { keepsState, answersLater, tellsColleagues } = this.dialect;
    const conversation = parseConversationId(conversationId);
    const kept = keepsState ? await this.states.of(conversation) : NOTHING_KNOWN;
    // What it is not told of is not forgotten with its answer.
    const colleagues = tellsColleagues ? await this.colleagues.of(conversation) : [];
    return { ...kept, colleagues, replyUrl: answersLater ? await this.replyUrls.of(batchId) : null };
  }

  async keep(
    { conversationId, batchId }: MergedMessage,
    { left, colleaguesUntil }: AfterAnswer,
  ): Promise<void> {
    const { ttlMs: keepMs } = this.settings.state;
    const conversation = parseConversationId(conversationId);
    if (colleaguesUntil !== null) await this.colleagues.forget(conversation, colleaguesUntil);
    if (left === null) return;
    const outcome = await this.states.keep(conversation, { batchId, ...left, keepMs });
    if (outcome === 'overtaken')
      this.logger.warn('A later answer left something before: what this one left is not kept', { batchId });
  }

  async take(job: BotRequest, known: Recalled, signal?: AbortSignal): Promise<BotOutcome> {
    if (isEvent(job) && !this.dialect.takesEvents) return this.leaveOut(job.eventId);
    const request = await this.withPictures(job, signal);
    const { state } = known;
    const endsAt = performance.now() + this.settings.timeoutMs;
    const called = await this.caller.call(request, known, { timeoutMs: this.settings.timeoutMs, signal });
    if (!this.isStateLost(called, state)) return this.judged(called, request, state);
    this.logger.warn('The bot no longer knows the conversation: it begins anew', { batchId: idOf(request) });
    const timeoutMs = Math.max(1, Math.ceil(endsAt - performance.now()));
    const anew = { ...known, state: null };
    return this.judged(await this.caller.call(request, anew, { timeoutMs, signal }), request, null);
  }

  private async withPictures(request: BotRequest, signal?: AbortSignal): Promise<BotRequest> {
    if (isEvent(request) || isCommitNotice(request)) return request;
    const pictures = await this.pictures.of(request, signal);
    return pictures.length > 0 ? Object.assign({}, request, { pictures }) : request;
  }

  private async judged(called: Called, request: BotRequest, state: unknown): Promise<BotOutcome> {
    const judged = await this.judge(called, request, state);
    const { outcome } = called;
    return judged.kind === 'answered' && outcome.kind === 'answered'
      ? { ...judged, status: outcome.status }
      : judged;
  }

  private isStateLost({ outcome }: Called, state: unknown): boolean {
    return state !== null && outcome.kind === 'answered' && this.dialect.isStateLost(answerOf(outcome));
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
        if (call.status === TOO_EARLY && 'final' in request && !request.final)
          return { ...NOTHING_SAID, needsFinal: true };
        if (call.status === CONFLICT && isCommitNotice(request)) return { kind: 'declined' };
        // An answer to an event is not sent anywhere, whatever its form.
        return (
          this.refusalIn(call, keep) ??
          (isEvent(request)
            ? NOTHING_SAID
            : isCommitNotice(request)
              ? this.reader.readNotice(call)
              : this.reader.read(call, request, state, keep))
        );
    }
  }

  /** Null if the bot has taken the message. */
  private refusalIn(call: Answered, keep: Keeper): BotOutcome | null {
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
    if (body.isWhole) return null;
    const why = `the bot answered ${status} with more than ${this.dialect.maxAnswerBytes} bytes`;
    return { kind: 'refused', answer: keep(call, why) };
  }

  private leaveOut(eventId: string): BotOutcome {
    this.logger.warn('Bots of this BOT_PRESET take no events: this one is given to nobody', { eventId });
    return NOTHING_SAID;
  }
}
