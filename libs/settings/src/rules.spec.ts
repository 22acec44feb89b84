import { type ConfigurationError, validateEnvironment } from '@app/config';
import { allSettings } from './all-settings';

const SOUND = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379' };
const EXPOSED = { NODE_ENV: 'production', WEBHOOK_SECRET: 'a-secret-1', ADMIN_API_KEY: 'a-secret-2' };
const KEY = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BOT = { BOT_SECRET: KEY };
const N8N = 'https://n8n.example.org/webhook/salon';
const CHAT = 'https://model.example.org/v1/chat/completions';
const DIFY = 'https://dify.example.org/v1/chat-messages';

describe('the environment', () => {
  it('is accepted with its defaults', () => {
    expect(problemsOf({})).toEqual([]);
  });

  it('is refused with every problem at once and no value', () => {
    const error = refusal({
      BATCH_TIMEOUT: 'secret-in-a-wrong-place',
      MAX_BATCH_SIZE: '0',
      SHUTDOWN_FLUSH: 'yes',
      LOG_LEVEL: 'loud',
      BATCH_TIMOUT: '5000',
      REDIS_URL: 'localhost',
    });

    expect(error?.problems.map(({ variable }) => variable).sort()).toEqual([
      'BATCH_TIMEOUT',
      'BATCH_TIMOUT',
      'LOG_LEVEL',
      'MAX_BATCH_SIZE',
      'REDIS_URL',
      'SHUTDOWN_FLUSH',
    ]);
    expect(error?.exitCode).toBe(78);
    expect(error?.message).not.toMatch(/secret-in-a-wrong-place|loud/);
  });

  it.each([
    ['the predecessor’s trap', { BATCH_TIMEOUT: '10000', BATCH_TTL: '10' }, ['BATCH_TTL']],
    ['TTL just enough', { BATCH_TIMEOUT: '10000', BATCH_TTL: '30' }, []],
    [
      'a type quieter than the TTL allows',
      { BATCH_TIMEOUT_BY_TYPE: 'audio:50000', BATCH_TTL: '60' },
      ['BATCH_TTL'],
    ],
    ['a wait shorter than the silence', { BATCH_MAX_WAIT: '8000' }, ['BATCH_MAX_WAIT']],
    ['a wait shorter than one type’s', { BATCH_TIMEOUT_BY_TYPE: 'audio:61000' }, ['BATCH_MAX_WAIT']],
    ['a lease that a hand-off outlasts', { CLAIM_LEASE: '2' }, ['CLAIM_LEASE']],
    ['a lease just enough', { CLAIM_LEASE: '3' }, []],
    ['a bot waited for longer than its turn', { BOT_TIMEOUT: '600001' }, ['BOT_TIMEOUT']],
    ['a turn shorter than the wait for the bot', { TURN_MAX: '29' }, ['BOT_TIMEOUT']],
    ['a turn just long enough', { TURN_MAX: '30' }, []],
    [
      'a turn that ends while the bot has pictures to see',
      { TURN_MAX: '39', BOT_PICTURES: '1' },
      ['BOT_PICTURES'],
    ],
    ['a turn just long enough for pictures', { TURN_MAX: '40', BOT_PICTURES: '1' }, []],
    ['a bot waited for without turns', { TURN_MAX: '29', BUSY_POLICY: 'parallel' }, []],
    ['half seconds between sweeps', { CHECK_INTERVAL: '1500' }, ['CHECK_INTERVAL']],
    ['a cap below one batch', { MAX_PENDING_PER_CONVERSATION: '9' }, ['MAX_PENDING_PER_CONVERSATION']],
    ['an unknown environment', { NODE_ENV: 'prod' }, ['NODE_ENV']],
    ['an empty number', { PORT: '' }, ['PORT']],
    ['staging without secrets', { NODE_ENV: 'staging' }, ['WEBHOOK_SECRET', 'ADMIN_API_KEY']],
    ['production without secrets', { NODE_ENV: 'production' }, ['WEBHOOK_SECRET', 'ADMIN_API_KEY']],
    ['ports that are none', { REDIS_ALLOWED_PORTS: '6379,tunnel' }, ['REDIS_ALLOWED_PORTS']],
    ['a company of no gateway', { GATEWAY_COMPANIES: 'whatsapp:default=1' }, ['GATEWAY_COMPANIES']],
    ['a company that is a kind of customer', { GATEWAY_COMPANIES: 'waha:a=wa-lid' }, ['GATEWAY_COMPANIES']],
    ['accounts of every sort', { GATEWAY_COMPANIES: 'waha:a=b:c=1,meta:277321005464405=salon' }, []],
    ['an allowance for no environment', { REDIS_ALLOW_ENVIRONMENT: 'all' }, ['REDIS_ALLOW_ENVIRONMENT']],
    ['a bot without a signature', { ...EXPOSED, BOT_URL: 'https://bot.example.org/in' }, ['BOT_SECRET']],
    ['a bot with one', { ...EXPOSED, ...BOT, BOT_URL: 'https://bot.example.org/in' }, []],
    ['a bot on loopback in production', { ...EXPOSED, ...BOT, BOT_URL: 'http://127.0.0.1:1/' }, ['BOT_URL']],
    [
      'a bot on the cloud’s metadata',
      { ...EXPOSED, ...BOT, BOT_URL: 'http://169.254.169.254/' },
      ['BOT_URL'],
    ],
    [
      'a bot on loopback that is allowed',
      { ...EXPOSED, ...BOT, BOT_URL: 'http://[::1]:1/', BOT_ALLOW_PRIVATE: 'true' },
      [],
    ],
    ['a product, which checks no signature', { ...EXPOSED, BOT_URL: N8N, BOT_PRESET: 'n8n' }, []],
    ['a preset that there is none of', { BOT_URL: N8N, BOT_PRESET: 'n9n' }, ['BOT_PRESET']],
    ['a model without its name', { BOT_URL: CHAT, BOT_PRESET: 'openai' }, ['BOT_MODEL']],
    ['a model whose body names it', { BOT_URL: CHAT, BOT_PRESET: 'openai', BOT_BODY: '{"model": "m"}' }, []],
    ['a product without its key', { BOT_URL: DIFY, BOT_PRESET: 'dify' }, ['BOT_API_KEY']],
    ['a product with it', { BOT_URL: DIFY, BOT_PRESET: 'dify', BOT_API_KEY: 'app-1' }, []],
    ['a product at another path', { BOT_URL: N8N, BOT_PRESET: 'rasa' }, ['BOT_URL']],
    ['a product that nobody calls', { BOT_PRESET: 'dify' }, []],
    ['an expression that is none', { BOT_BODY: '{"a": ' }, ['BOT_BODY']],
    ['an expression', { BOT_BODY: '{"a": text}' }, []],
    ['a key with spaces', { BOT_API_KEY: 'two words' }, ['BOT_API_KEY']],
    [
      'events for a bot that takes messages',
      { BOT_URL: CHAT, BOT_PRESET: 'openai', BOT_MODEL: 'm', FORWARD_EVENTS: 'edit' },
      ['FORWARD_EVENTS'],
    ],
    ['events for a workflow', { BOT_URL: N8N, BOT_PRESET: 'n8n', FORWARD_EVENTS: 'edit' }, []],
    ['a bot beside a developer, unsigned', { BOT_URL: 'http://localhost:4000' }, []],
    ['a bot with a password in its address', { BOT_URL: 'https://me:secret@bot.example.org' }, ['BOT_URL']],
    ['a bot that is no address', { BOT_URL: 'bot.example.org' }, ['BOT_URL']],
    ['the same in production', { ...EXPOSED, ...BOT, BOT_URL: 'bot.example.org' }, ['BOT_URL']],
    ['a key without its prefix', { BOT_SECRET: KEY.slice('whsec_'.length) }, []],
    ['a key of words', { BOT_SECRET: 'whsec_open sesame, please' }, ['BOT_SECRET']],
    ['a key that is too short', { BOT_SECRET: 'whsec_c2hvcnQ=' }, ['BOT_SECRET']],
    ['two keys while one is replaced', { BOT_SECRET: `${KEY},${KEY}` }, []],
    ['Meta without its token', { META_API_URL: 'https://graph.example.org' }, ['META_API_TOKEN']],
    ['Evolution without its key', { EVOLUTION_API_URL: 'http://evolution:8080' }, ['EVOLUTION_API_KEY']],
  ])('%s', (_, variables, expected) => {
    expect(problemsOf(variables)).toEqual(expected);
  });
});

function problemsOf(variables: Record<string, string>): string[] {
  return refusal(variables)?.problems.map(({ variable }) => variable) ?? [];
}

function refusal(variables: Record<string, string>): ConfigurationError | null {
  try {
    validateEnvironment(allSettings, { ...SOUND, ...variables });
    return null;
  } catch (error) {
    return error as ConfigurationError;
  }
}

it('an expression that is none is refused with the place of its fault, and without a word of it', () => {
  const error = refusal({ BOT_BODY: '{"password": "open sesame" & }' });
  expect(error?.problems).toEqual([
    { variable: 'BOT_BODY', problem: 'must be a JSONata expression: S0211 at character 30' },
  ]);
});
