import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '@app/settings';
import { accessWarnings } from './access-warnings';

const BASE = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379', ADMIN_API_KEY: 'a-key-of-operators' };
const SECRET = { WEBHOOK_SECRET: 'a-shared-secret' };
const TELEGRAM = { TELEGRAM_BOT_TOKEN: '123456:ABCDEF' };

const warningsOf = (variables: Record<string, string>): string[] =>
  accessWarnings(loadSettings({ ...BASE, ...variables }));

describe('what the start says of access', () => {
  it('is nothing where secrets are set and no gateway is', () => expect(warningsOf(SECRET)).toEqual([]));

  it('is that a gateway which is set up to reply is shut out, and what to do', () => {
    expect(warningsOf({ ...SECRET, ...TELEGRAM })).toEqual([
      'TELEGRAM_SECRET_TOKEN is not set: whatever Telegram posts is refused with 401, because it cannot show WEBHOOK_SECRET. Set TELEGRAM_SECRET_TOKEN, see docs/gateways/telegram.md',
    ]);
    expect(warningsOf({ ...SECRET, ...TELEGRAM, TELEGRAM_SECRET_TOKEN: 'its-own-secret' })).toEqual([]);
  });

  it.each([
    ['GOWA_WEBHOOK_SECRET', { GOWA_API_URL: 'http://gowa.example' }],
    ['MAX_WEBHOOK_SECRET', { MAX_BOT_TOKEN: 'token-of-max' }],
    ['INSTAGRAM_APP_SECRET', { INSTAGRAM_API_TOKEN: 'token-of-ig' }],
    ['MESSENGER_APP_SECRET', { MESSENGER_VERIFY_TOKEN: 'token-to-verify' }],
    ['META_APP_SECRET', { META_VERIFY_TOKEN: 'token-to-verify' }],
    ['CHATWOOT_WEBHOOK_SECRET', { CHATWOOT_URL: 'http://chatwoot.example', CHATWOOT_TOKEN: 'token-of-cw' }],
    ['EVOLUTION_GO_WEBHOOK_SECRET', { EVOLUTION_GO_URL: 'http://go.example', EVOLUTION_GO_API_KEY: 'a-key' }],
    ['WPPCONNECT_WEBHOOK_SECRET', { WPPCONNECT_URL: 'http://wpp.example', WPPCONNECT_TOKEN: 'a-token' }],
  ])('names %s where the gateway is set up without', (variable, variables) => {
    expect(warningsOf({ ...SECRET, ...variables })).toEqual([
      expect.stringMatching(`^${variable} is not set`),
    ]);
  });

  it('is nothing of a gateway that can show WEBHOOK_SECRET, nor of any where all may post', () => {
    const waha = { WAHA_API_URL: 'http://waha.example', WAHA_API_KEY: 'a-key' };
    const bridge = { META_API_URL: 'http://360dialog.example', META_API_TOKEN: 'a-token' };
    expect(warningsOf({ ...SECRET, ...waha, ...bridge, GREEN_API_TOKEN: 'a-token' })).toEqual([]);
    expect(warningsOf(TELEGRAM)).toEqual([expect.stringMatching(/^WEBHOOK_SECRET is not set/)]);
  });

  it('counts the account of a company', () => {
    const folder = mkdtempSync(join(tmpdir(), 'companies-'));
    const file = join(folder, 'companies.yaml');
    const accounts = [
      { gateway: 'twilio', account: '+15550100', sid: 'AC0123456789', token: 'token-of-twilio' },
    ];
    writeFileSync(file, JSON.stringify({ companies: { salon: { accounts } } }));
    try {
      const [line] = warningsOf({ ...SECRET, COMPANIES_FILE: file });
      expect(line).toMatch(/^TWILIO_AUTH_TOKEN is not set: whatever Twilio posts is refused with 403/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
