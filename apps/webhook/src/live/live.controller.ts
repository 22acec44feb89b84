import { Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty } from '@nestjs/swagger';
import type { CookieOptions, Request, Response } from 'express';
import { AdminOnly } from '../access/admin-only';
import { OnlyLooks } from '../access/operators';
import { ReadSessions, SESSION_COOKIE, SESSION_MS } from '../access/read-sessions';
import { LiveFeed } from './live-feed';
import { LiveStream } from './live-stream';

class SessionAnswer {
  @ApiProperty({ example: true })
  success!: boolean;
}

/** What the live page reads: its stream, and the session in which it may. */
@AdminOnly()
@Controller('live')
export class LiveController {
  constructor(
    private readonly feed: LiveFeed,
    private readonly sessions: ReadSessions,
  ) {}

  @Get('events')
  @ApiOperation({
    summary:
      'Server-sent events: a `snapshot`, then a `change` at a time, and a `beat` where nothing changes.',
    description:
      'The open windows that are due soonest and those at the bot, how many there are besides, and the state of the whole. It ends with its session.',
  })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  events(@Req() request: Request, @Res() response: Response): void {
    const endsAt = this.sessions.endOf(request);
    const stream = new LiveStream(response);
    const leave = this.feed.watch(stream);
    const timer = endsAt === null ? null : setTimeout(() => stream.end(), endsAt - Date.now());
    response.once('close', () => {
      if (timer !== null) clearTimeout(timer);
      leave();
    });
  }

  @OnlyLooks()
  @Post('session')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'Begin a session in which a browser may look for an hour: a signed cookie; changes still need the key.',
  })
  @ApiOkResponse({ type: SessionAnswer })
  begin(@Req() request: Request, @Res({ passthrough: true }) response: Response): SessionAnswer {
    response.cookie(SESSION_COOKIE, this.sessions.begin(), { ...options(request), maxAge: SESSION_MS });
    return { success: true };
  }

  @OnlyLooks()
  @Delete('session')
  @ApiOperation({ summary: 'End the session of this browser.' })
  @ApiOkResponse({ type: SessionAnswer })
  end(@Req() request: Request, @Res({ passthrough: true }) response: Response): SessionAnswer {
    response.clearCookie(SESSION_COOKIE, options(request));
    return { success: true };
  }
}

function options({ secure }: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: '/' };
}
