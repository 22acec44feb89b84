import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ReplyTokens } from '@app/batching';
import { FailureLimit, isOneOf, ProblemException } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { AdminGuard } from '../access/guards';
import { ReadSessions } from '../access/read-sessions';

/** Lets a bot answer the batch whose address it was called with, by the token in that, and operators who may act answer any. */
@Injectable()
export class ReplyGuard extends AdminGuard {
  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly limit: FailureLimit,
    sessions: ReadSessions,
    private readonly tokens: ReplyTokens,
  ) {
    super(settings, limit, sessions);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const { token } = request.query;
    if (token === undefined) return super.canActivate(context);
    const expected = await this.tokens.tokenOf(String(request.params.batchId));
    if (typeof token === 'string' && isOneOf([expected], token)) return true;
    await this.limit.count(request);
    throw new ProblemException(401, { detail: 'This is not the token of this batch: see `reply-url`.' });
  }
}
