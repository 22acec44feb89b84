import { Controller, HttpCode, HttpException, Logger, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { StoreUnavailableError } from '@app/batching';
import { BytesBody, ProblemException } from '@app/platform';
import { Assistant } from '../assistant';
import { ModelError } from '../model/model-error';
import { CommittedTurns } from '../turn/committed-turns';
import { botCall, type BotAnswer, type BotCall } from './bot-call';
import { SignedBody } from './signed-body';

/** The bot behind `BOT_URL` (docs/bot.md): calls, commit notices, events. */
@Controller()
@UseInterceptors(BytesBody)
export class BotController {
  private readonly logger = new Logger('Assistant');

  constructor(
    private readonly signed: SignedBody,
    private readonly assistant: Assistant,
    private readonly committed: CommittedTurns,
  ) {}

  @Post()
  @HttpCode(200)
  async answer(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<BotAnswer> {
    const call = readCall(this.signed.open(request.body as Buffer, request.headers));
    if ('eventId' in call) return {};
    try {
      return 'commit' in call
        ? await this.committed.perform(call)
        : await this.assistant.answer(call, goneSignal(response));
    } catch (error) {
      if (error instanceof HttpException) throw error;
      throw this.problemOf(error, call.turnId);
    }
  }

  /** 503 lets the message wait for us as for a bot that is away; 500 counts against the message. */
  private problemOf(error: unknown, turnId: string): ProblemException {
    const { message } = error as Error;
    // Model, booking system and Redis give a reason that says enough; any other error is a fault of ours.
    const isForeseen = error instanceof ModelError || error instanceof StoreUnavailableError;
    this.logger.error('No answer', { turnId, error: isForeseen ? message : (error as Error).stack });
    const isMessagesFault = error instanceof ModelError && !error.isPassing;
    const retryAfterS = error instanceof ModelError ? error.retryAfterS : null;
    return new ProblemException(isMessagesFault ? 500 : 503, { detail: message }, retryAfterS ?? undefined);
  }
}

/** @throws ProblemException 400 if it is no call. */
function readCall(text: string): BotCall {
  try {
    return botCall.parse(JSON.parse(text));
  } catch {
    throw new ProblemException(400, { detail: 'This is no call of the worker.' });
  }
}

/** Fires when the worker closes the connection before it has the answer: the call is superseded, or the worker was stopped. */
function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
