import type { Settings } from '@app/settings';
import { botOf, welcome } from './welcome';

const settings = (own: string | null, ofACompany: string | null): Pick<Settings, 'bot' | 'isAny'> => {
  const of = (url: string | null): Settings => ({ bot: { url } }) as Settings;
  return Object.assign(of(own), {
    isAny: (isSo: (each: Settings) => boolean) => [own, ofACompany].map(of).some(isSo),
  });
};

describe('what a person who has started the whole system is told', () => {
  it.each([
    [settings('http://bot.example', null), false, 'the one at BOT_URL'],
    [settings('http://127.0.0.1:3003', null), true, 'the assistant, with'],
    [settings(null, 'http://bot.example'), false, 'that of each company in COMPANIES_FILE'],
    [settings(null, null), false, 'none: merged messages are printed'],
  ])('names the bot: %#', (given, withAssistant, said) => {
    const text = welcome('http://[::1]:3000', null, botOf(given, withAssistant));
    expect(text).toContain(`Bot        ${said}`);
    expect(text).toContain('http://localhost:3000/live');
  });
});
