import type { FactoryProvider } from '@nestjs/common';
import { BotStates, ColleagueWordsStore, TimelineRecorder } from '@app/batching';
import { SETTINGS, type Settings } from '@app/settings';
import { RedisClock } from '../consumer/redis-clock';
import { Pictures } from '../pictures/pictures';
import { Bot } from './bot';
import { CompanyBots } from './company-bots';
import { NotedBot } from './noted-bot';
import { OddAnswers } from './odd-answers';
import { ReplyUrls } from './reply-urls';

/** The bots that the settings name; their calls are noted. */
export const botProvider: FactoryProvider<Bot> = {
  provide: Bot,
  inject: [
    SETTINGS,
    BotStates,
    ColleagueWordsStore,
    ReplyUrls,
    OddAnswers,
    Pictures,
    TimelineRecorder,
    RedisClock,
  ],
  useFactory: (
    settings: Settings,
    states: BotStates,
    colleagues: ColleagueWordsStore,
    replyUrls: ReplyUrls,
    oddAnswers: OddAnswers,
    pictures: Pictures,
    timeline: TimelineRecorder,
    clock: RedisClock,
  ) =>
    new NotedBot(new CompanyBots(settings, { states, colleagues, replyUrls, oddAnswers, pictures }), {
      timeline,
      clock,
      masked: settings.log.maskPhones,
    }),
};
