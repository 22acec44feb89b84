import { defineLot, encodeLot } from './define-lot';
import { CLOCK, CONVERSATION_ARGS, CONVERSATION_KEYS } from './fragments';

const lot = defineLot(
  {
    name: 'example',
    does: 'Nothing.',
    keys: [...CONVERSATION_KEYS, 'paused'],
    args: { ...CONVERSATION_ARGS, token: 'text', leaseMs: 'ms' },
    fragments: [CLOCK, '\nlocal fragment = 1\n'],
    body: '\nreturn fragment\n',
    reply: (raw) => raw as number,
  },
  'token',
);
const lines = lot.lua.split('\n');

type Member = Parameters<typeof encodeLot<(typeof lot.keys)[number], typeof lot.args>>[1][0];
const SETTINGS = {
  maxSize: 10,
  maxBytes: 1_000,
  maxWaitMs: 60_000,
  horizonMs: 90_000,
  idleTtlS: 300,
  wakeChannel: 'wake',
};

describe('a script for lots', () => {
  it('names what is of the whole lot once, in its header', () => {
    expect(lines.filter((line) => /^local \w+ = KEYS\[\d+\]$/.test(line))).toEqual([
      'local due = KEYS[1]',
      'local turns = KEYS[2]',
      'local directory = KEYS[3]',
      'local counters = KEYS[4]',
      'local sizes = KEYS[5]',
      'local paused = KEYS[6]',
    ]);
    const args = lines.filter((line) => /^local \w+ = .*ARGV/.test(line)).map((line) => line.split(' ')[1]);
    expect(args).toEqual([
      'nowMs',
      'maxSize',
      'maxBytes',
      'maxWaitMs',
      'horizonMs',
      'idleTtlS',
      'wakeChannel',
      'leaseMs',
    ]);
  });

  it('gives each conversation its own keys and arguments, in the order in which they are sent', () => {
    expect(lines).toContain(
      'local function each(messages, lastMessage, state, conversation, directoryEntry, token)',
    );
    expect(lot.lua).toContain(
      'each(KEYS[k + 1], KEYS[k + 2], KEYS[k + 3], ARGV[a + 1], ARGV[a + 2], ARGV[a + 3])',
    );
    expect(lot.lua).toContain('local k, a = 6, 8');
    expect(lot.lua).toContain('k, a = k + 3, a + 3');
  });

  it('asks for the time once', () => {
    expect(lot.lua.split("redis.call('TIME')")).toHaveLength(2);
  });
});

describe('a call for a lot', () => {
  it('says what all share once, as the first has it, and then what each brings', () => {
    const [one, other] = ['1:79001234567', '79007654321'].map((conversation) => ({
      keys: Object.fromEntries(lot.keys.map((key) => [key, `${key} of ${conversation}`])),
      args: { ...SETTINGS, conversation, directoryEntry: '', token: `t ${conversation}`, leaseMs: 30 },
    })) as [Member, Member];
    const { keys, values } = encodeLot(lot, [one, other], 5);
    expect(keys.slice(5)).toEqual([
      'paused of 1:79001234567',
      ...['messages', 'lastMessage', 'state'].map((key) => `${key} of 1:79001234567`),
      ...['messages', 'lastMessage', 'state'].map((key) => `${key} of 79007654321`),
    ]);
    expect(values).toEqual([
      ...[5, 10, 1_000, 60_000, 90_000, 300, 'wake', 30],
      ...['1:79001234567', '', 't 1:79001234567', '79007654321', '', 't 79007654321'],
    ]);
  });
});
