import { type FactoryProvider, Logger } from '@nestjs/common';
import { BotStates } from '@app/batching';
import { dialectOf } from '@app/bots';
import { SETTINGS, type Settings } from '@app/settings';
import { Bot } from './bot';
import { HttpBot } from './http-bot';
import { OddAnswers } from './odd-answers';
import { PrintingBot } from './printing-bot';

/** The bot that `BOT_URL` names, or one that prints. */
export const botProvider: FactoryProvider<Bot> = {
  provide: Bot,
  inject: [SETTINGS, BotStates, OddAnswers],
  useFactory: ({ bot, log }: Settings, states: BotStates, oddAnswers: OddAnswers) => {
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
    return new HttpBot({ ...bot, url }, { dialect: dialectOf({ ...bot, url }), states, oddAnswers });
  },
};
