import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groundOf, reading } from '../testing/companies';
import type { Company } from './company';
import { readCompanies } from './read-companies';

const SECRET = 'EAAG-the-token-of-the-salon';
const BOT = `
    bot:
      url: https://n8n.example.org/webhook/salon
      preset: n8n`;

/** The text of a file with one company, whose entry is indented by four. */
const salon = (entry: string): string => `companies:\n  salon:${entry}\n`;

function companiesIn(text: string, variables: Record<string, string> = {}): readonly Company[] {
  const { read, problems } = reading(text, variables);
  if (read === null) throw new Error(problems.join('\n'));
  return read.companies;
}

describe('a companies file', () => {
  it('gives each company what its entry says, and the environment’s for the rest', () => {
    const [salonOf, clinic] = companiesIn(
      `companies:
  962302:
    name: Salon
    timeZone: Europe/Moscow
    accounts:
      - gateway: meta
        account: 277321005464405
        token: \${SALON_TOKEN}
    bot:
      url: https://n8n.example.org/webhook/salon
      preset: n8n
    window:
      batchTimeout: 7000
      batchTimeoutByType: { audio: 15000 }
      maxBatchSize: 5
    busyPolicy: supersede
    replies: { bubbles: true }
  clinic: { window: { batchTimeout: 3000 } }`,
      {
        ...{ SALON_TOKEN: SECRET, META_API_URL: 'https://graph.example.org', META_API_TOKEN: 'another' },
        ...{ BOT_URL: 'https://bot.example.org', BOT_API_KEY: 'not-for-salons', BATCH_MAX_WAIT: '50000' },
      },
    );
    expect(salonOf).toMatchObject({
      ...{ id: 962302, name: 'Salon', timeZone: 'Europe/Moscow' },
      settings: {
        window: { quietMs: 7_000, maxSize: 5, maxWaitMs: 50_000 },
        turns: { supersede: true },
        bot: { url: 'https://n8n.example.org/webhook/salon', dialect: { preset: 'n8n', key: null } },
        replies: { byBlock: true, readsMarkdown: true },
      },
    });
    expect(salonOf?.settings.window.quietMsByType.get('voice')).toBe(15_000);
    expect(salonOf?.senders.get('meta:277321005464405')).toEqual({
      ...{ url: 'https://graph.example.org', token: SECRET },
    });
    expect(clinic).toMatchObject({ id: 'clinic', settings: { bot: { url: 'https://bot.example.org' } } });
  });

  it('shows a server of one’s own no token of the environment', () => {
    const [company] = companiesIn(
      salon(`
    accounts:
      - { gateway: waha, account: shop, url: 'http://waha.example.org' }`),
      { WAHA_API_URL: 'http://ours.example.org', WAHA_API_KEY: 'ours' },
    );
    expect(company?.senders.get('waha:shop')).toEqual({ url: 'http://waha.example.org', token: null });
  });

  it('takes secrets from files, whose paths begin where it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'companies-'));
    writeFileSync(join(folder, 'key'), `${SECRET}\n`);
    const text = salon(`${BOT}\n      apiKey: { file: key }`);
    const { read, files } = readCompanies(text, { environment: {}, ground: groundOf(), folder });
    expect(read?.companies[0]?.settings.bot.dialect.key).toBe(SECRET);
    expect(files).toEqual([join(folder, 'key')]);
  });

  it('keeps what has nothing to do with an entry the same object', () => {
    const ground = groundOf();
    const { read } = readCompanies(salon('\n    window: { maxBatchSize: 3 }'), {
      ...{ environment: {}, ground, folder: __dirname },
    });
    expect(read?.companies[0]?.settings.bot).toBe(ground.settings.bot);
  });

  it('names the company of each account', () => {
    const { read } = reading(
      `companies:
  1: { accounts: [{ gateway: waha, account: a }, { gateway: telegram }, { gateway: venom }] }
  two: { accounts: [{ gateway: waha, account: b }, { gateway: venom }] }`,
    );
    expect([...(read?.owners ?? [])]).toEqual([
      ['waha:a', 1],
      ['telegram', 1],
      ['waha:b', 'two'],
    ]);
  });
});
