import { defineScript, encodeArgs } from './define-script';

const script = defineScript({
  name: 'example',
  does: 'Nothing.',
  keys: ['messages', 'state'],
  args: { nowMs: 'ms', conversation: 'text', direct: 'flag', maxSize: 'count' },
  fragments: [{ name: 'FRAGMENT', needs: ['maxSize'], gives: ['fragment'], lua: '\nlocal fragment = 1\n' }],
  body: '\nreturn fragment\n',
  reply: (raw) => raw as number,
});

describe('a script’s declaration', () => {
  it('becomes the header of its Lua, in front of its fragments and its body', () => {
    expect(script.lua.split('\n')).toEqual([
      'local messages = KEYS[1]',
      'local state = KEYS[2]',
      'local nowMs = tonumber(ARGV[1])',
      'local conversation = ARGV[2]',
      "local direct = ARGV[3] == '1'",
      'local maxSize = tonumber(ARGV[4])',
      'local fragment = 1',
      'return fragment',
    ]);
  });

  it('orders the arguments of a call, however the caller wrote them', () => {
    const values = { maxSize: 10, direct: true, conversation: '1:79001234567' };
    expect(encodeArgs(script.args, values, 5)).toEqual([5, '1:79001234567', 1, 10]);
    expect(encodeArgs(script.args, { ...values, direct: false }, 5)[2]).toBe(0);
  });

  it('takes no table, which only a change can', () => {
    expect(() => defineScript({ ...script, args: { nowMs: 'ms', state: 'table' } })).toThrow(
      'only a change takes a table',
    );
  });
});
