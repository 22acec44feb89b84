import { Logger } from '@nestjs/common';
import { botSettings } from '@app/bots';
import { shapeGroup, validateEnvironment } from '@app/config';
import type { Settings } from '@app/settings';
import { CompanyBots } from './company-bots';
import type { HttpBotParts } from './http-bot';

describe('the bots of companies', () => {
  const warnings: string[] = [];

  beforeEach(() => {
    warnings.length = 0;
    jest
      .spyOn(Logger.prototype, 'warn')
      .mockImplementation((text: unknown) => void warnings.push(String(text)));
  });
  afterEach(() => jest.restoreAllMocks());

  function started(variables: Record<string, string>): void {
    const environment = { NODE_ENV: 'test', BOT_URL: 'https://bot.example.test', ...variables };
    const bot = shapeGroup(botSettings, validateEnvironment(botSettings, environment));
    const settings = { of: () => ({ bot }), log: { maskPhones: true } } as unknown as Settings;
    new CompanyBots(settings, {} as Omit<HttpBotParts, 'dialect'>);
  }

  it.each([
    ['k', 1],
    ['key1234', 1],
    ['key12345', 0],
  ])('warn at the start of a key that is too short to be one: %s', (key, warned) => {
    started({ BOT_API_KEY: key });
    expect(warnings.filter((text) => text.startsWith('BOT_API_KEY has fewer than 8'))).toHaveLength(warned);
  });
});
