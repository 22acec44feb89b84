import { Inject, Injectable } from '@nestjs/common';
import type { Reply } from '@app/contracts';
import { answering } from '@app/gateways';
import { type ChannelRules, type OutgoingMessage, shapeReply } from '@app/replies';
import { SETTINGS, type Settings } from '@app/settings';
import type { BotJob } from '../bot/bot';
import { addressOf } from './reply-address';

/** For gateways that nothing is sent to: the reply is logged as the bot wrote it. */
const AS_WRITTEN: ChannelRules = { text: { maxLength: Infinity, notation: null } };

/** Makes the messages that a channel can show of what the bot says. */
@Injectable()
export class ReplyShaper {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'of'>) {}

  /** The messages of an answer, in order; once they are noted with the job, no later version shapes them anew. */
  messagesOf(request: BotJob, replies: readonly Reply[]): OutgoingMessage[] {
    const { companyId, gateway, target } = addressOf(request);
    const sender = answering(gateway)?.sender;
    const rules = sender?.channelOf?.(target) ?? sender?.channel ?? AS_WRITTEN;
    const { replies: settings } = this.settings.of(companyId);
    return replies.flatMap((reply) => shapeReply(reply, rules, settings));
  }
}
