import { type Role, shapeGroup, validateEnvironment } from '@app/config';
import { allSettings } from './all-settings';
import type { Settings } from './settings';

const SOUND = { NODE_ENV: 'test', REDIS_URL: 'redis://127.0.0.1:6379' };

/** What processes must agree on as cards of other versions have it, so that an update reports no difference. */
const OF_DEFAULTS = {
  all: {
    KEY_PREFIX: '',
    QUEUE_NAME: 'messages',
    REDIS_MIN_REPLICAS: '0',
    TRANSCRIBE_URL: 'unset',
    BATCH_TIMEOUT: '9000',
    BATCH_TIMEOUT_BY_TYPE: '',
    ENDPOINTING: 'fixed',
    BATCH_MAX_WAIT: '60000',
    MAX_BATCH_SIZE: '10',
    MAX_BATCH_BYTES: '262144',
    BATCH_TTL: '600',
  },
  webhook: {
    MAX_PENDING_PER_CONVERSATION: '1000',
    MAX_PENDING_BYTES: '16777216',
    DEDUP_TTL: '86400',
    COLLEAGUE_WORDS_TTL: '86400',
    TRANSCRIBE_TIMEOUT: '30000',
    TIMELINE_MAX: '100',
    TIMELINE_TTL: '86400',
    TIMELINE_CUSTOMERS: '10000',
    MAX_MESSAGES_PER_MINUTE: '0',
    MAX_MESSAGE_AGE: '0',
    MAX_SUPERSEDES: '3',
    PREEMPTIVE_START: '',
    ON_HUMAN_REPLY: 'ignore',
    HUMAN_REPLY_HOLD: '600',
    BATCH_TIMEOUT_MIN: 'undefined',
    BATCH_TIMEOUT_MAX: 'undefined',
    FORWARD_EVENTS: '',
    GROUP_MESSAGES: 'ignore',
    GATEWAY_COMPANIES: '',
  },
  batcher: {
    CLAIM_LEASE: '30',
    HANDOFF_MAX_ATTEMPTS: '10',
    BUSY_POLICY: 'hold',
    TURN_MAX: '600',
    MAX_SUPERSEDES: '3',
    HISTORY_MAX: '10000',
    HISTORY_BYTES: '67108864',
    HISTORY_TTL: '86400',
    BATCH_SEPARATOR: '" "',
  },
  worker: {
    TRANSCRIBE_MODEL: 'whisper-1',
    TRANSCRIBE_LANGUAGE: '',
    TRANSCRIBE_MAX_BYTES: '26214400',
    HUMAN_REPLY_HOLD: '600',
    BUSY_POLICY: 'hold',
    TURN_MAX: '600',
    HISTORY_MAX: '10000',
    HISTORY_BYTES: '67108864',
    HISTORY_TTL: '86400',
    TIMELINE_MAX: '100',
    TIMELINE_TTL: '86400',
    TIMELINE_CUSTOMERS: '10000',
    BOT_TIMEOUT: '30000',
    BOT_PRESET: 'rapid-fire',
    BOT_MODEL: '',
    BOT_PICTURES: '0',
    BOT_PICTURE_MAX_BYTES: '2097152',
    BOT_STATE_TTL: '86400',
    BOT_STATE_BYTES: '32768',
    BOT_MAX_ATTEMPTS: '8',
    BOT_RETRY_DELAY: '2000',
    BOT_OUTAGE_MAX: '86400',
    STALE_REPLY: '0',
    REPLY_MARKDOWN: 'true',
    REPLY_BUBBLES: 'false',
    REPLY_PACE: '0',
    MAX_TURNS_PER_HOUR: '0',
  },
  assistant: {},
};

describe('what processes must agree on', () => {
  it('is complete, by the roles that go by it', () => {
    expect(agreement()).toEqual(OF_DEFAULTS);
  });

  it.each<[Role | 'all', Record<string, string>, string]>([
    [
      'all',
      { BATCH_TIMEOUT_BY_TYPE: 'image:12000,audio:15000' },
      'audio:15000,image:12000,ptt:15000,voice:15000',
    ],
    ['webhook', { FORWARD_EVENTS: 'status, edit' }, 'edit,status'],
    ['webhook', { GATEWAY_COMPANIES: 'waha:b=2,meta:1=salon' }, 'meta:1=salon,waha:b=2'],
    ['batcher', { BUSY_POLICY: 'parallel' }, 'parallel'],
    ['worker', { BUSY_POLICY: 'parallel' }, 'parallel'],
    ['worker', { BOT_TIMEOUT: '5000' }, '5000'],
  ])('of the role %s: %j is compared as %s', (role, variables, expected) => {
    const [name = ''] = Object.keys(variables);
    expect(agreement(variables)[role][name]).toBe(expected);
  });
});

function agreement(variables: Record<string, string> = {}): Settings['agreement'] {
  return shapeGroup(allSettings, validateEnvironment(allSettings, { ...SOUND, ...variables })).agreement;
}
