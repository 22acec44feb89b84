import { Logger } from '@nestjs/common';
import { dialectOf } from '@app/bots';
import { type CompanyId, type MergedMessage, parseConversationId } from '@app/contracts';
import type { Settings } from '@app/settings';
import { type AfterAnswer, Bot, type BotOutcome, type BotRequest, type Recalled } from './bot';
import { HttpBot, type HttpBotParts } from './http-bot';
import { SHORTEST_SECRET } from './last-answer';
import { PrintingBot } from './printing-bot';

/** The bot of each company: its own, the environment's, or one that prints where neither is configured. */
export class CompanyBots extends Bot {
  private readonly logger = new Logger('Bot');
  /** A bot that is configured anew has other settings. */
  private readonly bots = new WeakMap<Settings['bot'], Bot>();

  constructor(
    private readonly settings: Pick<Settings, 'of' | 'log'>,
    private readonly parts: Omit<HttpBotParts, 'dialect'>,
  ) {
    super();
    this.of(null);
  }

  take(request: BotRequest, known: Recalled, signal?: AbortSignal): Promise<BotOutcome> {
    return this.botOf(request).take(request, known, signal);
  }

  recall(request: BotRequest): Promise<Recalled> {
    return this.botOf(request).recall(request);
  }

  keep(message: MergedMessage, after: AfterAnswer): Promise<void> {
    return this.botOf(message).keep(message, after);
  }

  private botOf({ conversationId }: { conversationId: string }): Bot {
    return this.of(parseConversationId(conversationId).companyId);
  }

  private of(companyId: CompanyId | null): Bot {
    const { bot: settings } = this.settings.of(companyId);
    const known = this.bots.get(settings);
    if (known) return known;
    const bot = this.made(settings, companyId);
    this.bots.set(settings, bot);
    return bot;
  }

  private made(settings: Settings['bot'], companyId: CompanyId | null): Bot {
    const { url, dialect, secrets } = settings;
    if (url === null) {
      this.logger.warn(
        'BOT_URL is not set: merged messages are logged, taken off the queue, and given to nobody',
      );
      return new PrintingBot(this.settings.log.maskPhones);
    }
    if (secrets.length === 0 && dialect.key === null && dialect.template.headers === null)
      this.logger.warn(
        'Neither BOT_SECRET nor BOT_API_KEY is set: the bot cannot tell our calls from those of others',
        { companyId },
      );
    if (dialect.key !== null && dialect.key.length < SHORTEST_SECRET)
      this.logger.warn(
        `BOT_API_KEY has fewer than ${SHORTEST_SECRET} characters: it is soon guessed, and not removed from answers that are kept. Give the bot a longer one`,
        { companyId },
      );
    const configured = { ...settings, url };
    return new HttpBot(configured, { ...this.parts, dialect: dialectOf(configured) });
  }
}
