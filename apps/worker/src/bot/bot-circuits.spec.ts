import type { Settings } from '@app/settings';
import { BotCircuits } from './bot-circuits';

const PRINTS = { bot: { url: null } };
const CALLS = { bot: { url: 'https://salon.example.org' } };

/** @param own what a company goes by. */
function circuitsWhere(own: object): BotCircuits {
  const all = [PRINTS, own] as unknown as Settings[];
  const settings: Pick<Settings, 'of' | 'isAny'> = {
    of: (companyId) => (companyId === null ? PRINTS : own) as Settings,
    isAny: (isSo) => all.some(isSo),
  };
  return new BotCircuits({ nowMs: 1, monotonicMs: 0 }, settings);
}

describe('whether there is a bot', () => {
  it('is known of a company that has had no message', () => {
    expect(circuitsWhere(CALLS).hasBot).toBe(true);
  });

  it('is denied where neither the environment nor a company has one', () => {
    expect(circuitsWhere(PRINTS).hasBot).toBe(false);
  });
});
