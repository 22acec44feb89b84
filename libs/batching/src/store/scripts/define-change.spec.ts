import { unpackMultiple } from 'msgpackr';
import { encodeChange, encodeLot } from './change-call';
import { CONVERSATION_ARGS, defineChange, defineLot } from './define-change';
import type { Fragment } from './fragment';

const FRAGMENT: Fragment = {
  name: 'FRAGMENT',
  needs: ['leaseMs'],
  gives: ['twice'],
  lua: '\nlocal twice = 2 * leaseMs\n',
};
const DECLARATION = {
  name: 'example',
  does: 'Nothing.',
  keys: ['paused'],
  args: { token: 'text', leaseMs: 'ms' },
  once: [FRAGMENT],
  body: '\nsave()\nreturn twice\n',
  reply: (raw: unknown) => raw as number,
} as const;

const change = defineChange(DECLARATION);
const lot = defineLot(DECLARATION, 'token');
const lines = lot.lua.split('\n');

type Member = Parameters<typeof encodeLot<(typeof lot.keys)[number], typeof lot.args>>[1][0];
const INDEX_KEYS = ['due', 'turns', 'directory', 'counters', 'sizes', 'setAside'];
const OWN_KEYS = ['messages', 'lastMessage', 'state'];

describe('a change of one conversation', () => {
  it('brings the keys and arguments of every conversation, in front of its own', () => {
    expect(change.keys).toEqual([...INDEX_KEYS, ...OWN_KEYS, 'paused']);
    expect(Object.keys(change.args)).toEqual([...Object.keys(CONVERSATION_ARGS), 'token', 'leaseMs']);
  });

  it('works the change out before it writes, whatever its body does', () => {
    const [, tail = ''] = change.lua.split('local function changeOne(');
    expect(tail.indexOf('return twice')).toBeLessThan(tail.indexOf('pcall(changeOne'));
    expect(tail.indexOf('pcall(changeOne')).toBeLessThan(tail.indexOf('pcall(write)'));
  });

  it('is sent without the pieces that it does not use', () => {
    expect(change.lua).toContain('local function save(');
    expect(change.lua).not.toContain('dropWindow');
  });

  it('is not declared where a fragment comes before what it needs', () => {
    const args = { token: 'text' } as const;
    expect(() => defineChange({ ...DECLARATION, args })).toThrow(
      'The fragment FRAGMENT needs leaseMs before it',
    );
  });
});

describe('a change for lots', () => {
  it('names what is of the whole lot once, in its header', () => {
    expect(lines).toContain(
      'local due, turns, directory, counters, sizes, setAside, paused = unpack(KEYS, 1, 7)',
    );
    expect(lines).toContain('local lot, leaseMs = cmsgpack.unpack(ARGV[1])');
  });

  it('gives each conversation its own keys and arguments, in the order in which they are sent', () => {
    expect(lines).toContain('local messages, lastMessage, state, conversation, directoryEntry, token');
    expect(lot.lua).toContain('messages, lastMessage, state = KEYS[k + 1], KEYS[k + 2], KEYS[k + 3]');
    expect(lot.lua).toContain('conversation, directoryEntry, token = lot[a + 1], lot[a + 2], lot[a + 3]');
    expect(lot.lua).toContain('local k, a, weight, index = 7, 0, 0, 1');
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
      args: { conversation, directoryEntry: '', token: `t ${conversation}`, leaseMs: 30 },
    })) as [Member, Member];
    const { keys, values } = encodeLot(lot, [one, other], 5);
    expect(keys.slice(6)).toEqual([
      'paused of 1:79001234567',
      ...OWN_KEYS.map((key) => `${key} of 1:79001234567`),
      ...OWN_KEYS.map((key) => `${key} of 79007654321`),
    ]);
    const [packed, nowMs] = values as [Buffer, number];
    const ofEach = ['1:79001234567', '79007654321'].flatMap((id) => [id, '', `t ${id}`]);
    expect(unpackMultiple(packed)).toEqual([ofEach, 30]);
    expect(nowMs).toBe(5);
  });
});

describe('the arguments of a call', () => {
  it.each([1, 15, 16, 40])('are %s packed values without a head, and no time but in a test', (count) => {
    const args = Array.from({ length: count }, (_, i) => `a${i}`);
    const values = Object.fromEntries(args.map((arg, i) => [arg, i % 2 === 0 ? i : `text ${i}`]));
    const [packed, ...others] = encodeChange(args, values, 0) as [Buffer];
    expect(unpackMultiple(packed)).toEqual(Object.values(values));
    expect(others).toEqual([]);
  });
});
