import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ProcessRegistry, TimelineReader } from '@app/batching';
import { type Finding, inEnglish, type Said, type TimelineEntry } from '@app/contracts';
import { maskPhones } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { AdminOnly } from '../../access/admin-only';
import { customerOf } from '../customer.query';
import { wordsOfBatch } from './batch.words';
import { wordsOfAttempt, wordsOfPicture, wordsOfReply } from './bot.words';
import {
  wordsOfChange,
  wordsOfHold,
  wordsOfIgnored,
  wordsOfMute,
  wordsOfOperator,
  wordsOfTakeover,
  wordsOfTranscript,
} from './customer.words';
import { type InForce, inForceIn } from './in-force';
import { TimelineAnswer, type TimelineEntryAnswer } from './timeline.answer';
import { rangeOf, TimelineRangeQuery } from './timeline.query';
import { said } from './words';

/** What happened to a customer's messages, and why there is no answer. */
@AdminOnly()
@Controller('admin/conversations')
export class TimelineController {
  constructor(
    private readonly timeline: TimelineReader,
    private readonly processRegistry: ProcessRegistry,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get(':phone/timeline')
  @ApiOperation({
    summary:
      'What happened to a customer’s messages, oldest first: fragments, batches, the bot’s answers, replies, and what keeps them back.',
    description:
      'Each entry says what it means and, where something is wrong, what mends it. Put together from what is kept: the window, the history, the jobs, the dead letters, and notes (`TIMELINE_MAX`, `TIMELINE_TTL`).',
  })
  @ApiParam({ name: 'phone', example: '79001234567', description: 'In any spelling.' })
  @ApiOkResponse({ type: TimelineAnswer })
  async read(@Param('phone') phone: string, @Query() query: TimelineRangeQuery): Promise<TimelineAnswer> {
    const customer = customerOf(phone);
    const { entries, isCut } = await this.timeline.read({ customer, ...rangeOf(query) });
    const { findings } = this.processRegistry;
    const inForce = inForceIn(entries, this.settings.isBotOff);
    return {
      entries: entries.map((entry) => this.answer(entry, findings, inForce(entry.conversationId))),
      isCut,
    };
  }

  private answer(entry: TimelineEntry, findings: readonly Finding[], inForce: InForce): TimelineEntryAnswer {
    const { at, kind, conversationId, ...rest } = entry;
    const time = new Date(at).toISOString();
    const isMasked = entry.kind === 'reply' && entry.text !== undefined && this.settings.log.maskPhones;
    const text = isMasked ? { text: maskPhones(entry.text ?? '') } : {};
    const own = wordsOf(entry, findings, inForce);
    const says = inEnglish(own.says);
    const mend = own.mend && inEnglish(own.mend);
    return { at, time, kind, conversationId, says, mend, said: own, ...rest, ...text };
  }
}

function wordsOf(entry: TimelineEntry, findings: readonly Finding[], inForce: InForce): Said {
  switch (entry.kind) {
    case 'message':
      return entry.type === 'text' ? said('message.text', {}) : said('message.file', { type: entry.type });
    case 'edit':
    case 'revoke':
      return wordsOfChange(entry);
    case 'transcript':
      return wordsOfTranscript(entry);
    case 'ignored':
      return wordsOfIgnored(entry);
    case 'batch':
      return wordsOfBatch(entry, findings, inForce);
    case 'attempt':
      return wordsOfAttempt(entry);
    case 'picture':
      return wordsOfPicture(entry);
    case 'reply':
      return wordsOfReply(entry);
    case 'takeover':
      return wordsOfTakeover(entry, inForce);
    case 'hold':
      return wordsOfHold(entry, inForce);
    case 'mute':
      return wordsOfMute(entry, inForce);
    case 'operator':
      return wordsOfOperator(entry);
  }
}
