import { type FactoryProvider, Logger } from '@nestjs/common';
import { BotStates, TimelineRecorder } from '@app/batching';
import { dialectOf } from '@app/bots';
import { SETTINGS, type Settings } from '@app/settings';
import { RedisClock } from '../consumer/redis-clock';
import { Bot } from './bot';
import { HttpBot, type HttpBotParts } from './http-bot';
import { NotedBot } from './noted-bot';
import { OddAnswers } from './odd-answers';
import { PrintingBot } from './printing-bot';
import { ReplyUrls } from './reply-urls';

/** The bot that `BOT_URL` names, or one that prints; its calls are noted. */
export const botProvider: FactoryProvider<Bot> = {
  provide: Bot,
  inject: [SETTINGS, BotStates, ReplyUrls, OddAnswers, TimelineRecorder, RedisClock],
  useFactory: (
    settings: Settings,
    states: BotStates,
    replyUrls: ReplyUrls,
    oddAnswers: OddAnswers,
    timeline: TimelineRecorder,
    clock: RedisClock,
  ) =>
    new NotedBot(botOf(settings, { states, replyUrls, oddAnswers }), {
      timeline,
      clock,
      masked: settings.log.maskPhones,
    }),
};

function botOf({ bot, log }: Settings, parts: Omit<HttpBotParts, 'dialect'>): Bot {
  const { url } = bot;
  const logger = new Logger('Bot');
  if (url === null) {
    logger.warn('BOT_URL is not set: merged messages are logged, taken off the queue, and given to nobody');
    return new PrintingBot(log.maskPhones);
  }
  const { key, template } = bot.dialect;
  if (bot.secrets.length === 0 && key === null && template.headers === null)
    logger.warn(
      'Neither BOT_SECRET nor BOT_API_KEY is set: the bot cannot tell our calls from those of others',
    );
  return new HttpBot({ ...bot, url }, { ...parts, dialect: dialectOf({ ...bot, url }) });
}
