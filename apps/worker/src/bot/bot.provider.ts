import { type FactoryProvider, Logger } from '@nestjs/common';
import { BotStates } from '@app/batching';
import { dialectOf } from '@app/bots';
import { SETTINGS, type Settings } from '@app/settings';
import { Bot } from './bot';
import { HttpBot } from './http-bot';
import { OddAnswers } from './odd-answers';
import { PrintingBot } from './printing-bot';
import { ReplyUrls } from './reply-urls';

/** The bot that `BOT_URL` names, or one that prints. */
export const botProvider: FactoryProvider<Bot> = {
  provide: Bot,
  inject: [SETTINGS, BotStates, ReplyUrls, OddAnswers],
  useFactory: ({ bot, log }: Settings, states: BotStates, replyUrls: ReplyUrls, oddAnswers: OddAnswers) => {
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
    const dialect = dialectOf({ ...bot, url });
    return new HttpBot({ ...bot, url }, { dialect, states, replyUrls, oddAnswers });
  },
};
