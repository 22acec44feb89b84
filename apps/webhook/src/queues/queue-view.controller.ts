import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { InjectQueue } from '@nestjs/bullmq';
import { Controller, Get, Inject, Next, Req, Res, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Queue } from 'bullmq';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { MERGED_MESSAGES } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { publicPath } from '../public-path';
import { QueueViewGuard } from './queue-view.guard';

const PATH = 'admin/queues';

/** Bull Board, to look at the queue with. A controller and not a middleware, so that our guards stand in front of it. */
@ApiExcludeController()
@UseGuards(QueueViewGuard)
@Controller(PATH)
export class QueueViewController {
  private readonly board: RequestHandler;

  constructor(@InjectQueue(MERGED_MESSAGES) queue: Queue, @Inject(SETTINGS) { http }: Settings) {
    // What the page asks for comes back through the proxy.
    const adapter = new ExpressAdapter().setBasePath(`${publicPath(http.publicUrl)}/${PATH}`);
    createBullBoard({
      // Jobs are changed by those who know what a batch is: replay, redrive, the bot's worker.
      queues: [new BullMQAdapter(queue, { readOnlyMode: true })],
      serverAdapter: adapter,
    });
    this.board = adapter.getRouter() as RequestHandler;
  }

  /** Reading only: the board's own changes are no `GET`, and have no route here. */
  @Get(['/', '*rest'])
  async view(@Req() request: Request, @Res() response: Response, @Next() next: NextFunction): Promise<void> {
    // The board's routes begin where it is mounted.
    request.url = request.url.slice(PATH.length + 1) || '/';
    await this.board(request, response, next);
  }
}
