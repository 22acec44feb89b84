import { type FactoryProvider, Logger } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/settings';
import { Bot } from './bot';
import { HttpBot } from './http-bot';
import { PrintingBot } from './printing-bot';

/** The bot that `BOT_URL` names, or one that prints. */
export const botProvider: FactoryProvider<Bot> = {
  provide: Bot,
  inject: [SETTINGS],
  useFactory: ({ bot, log }: Settings) => {
    const { url } = bot;
    const logger = new Logger('Bot');
    if (url === null) {
      logger.warn('BOT_URL is not set: merged messages are logged, taken off the queue, and given to nobody');
      return new PrintingBot(log.maskPhones);
    }
    if (bot.secrets.length === 0)
      logger.warn('BOT_SECRET is not set: the bot cannot tell our calls from those of others');
    return new HttpBot({ ...bot, url });
  },
};
