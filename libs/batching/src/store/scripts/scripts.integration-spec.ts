import { Redis } from 'ioredis';
import { RedisServer } from '../../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../../testing/lua-names';
import { SCRIPTS } from './all';
import { CHUNKS } from './chunks.fragment';
import { CLOCK } from './clock.fragment';
import { CONSTANT_NAMES, type Constants, withConstants } from './constants';
import { AT_HAND, CONVERSATION, LOADED } from './conversation.fragment';
import type { ChangeDeclaration } from './define-change';
import type { Unit } from './define-script';
import { ELEMENT } from './element.fragment';
import { closed, FINISH, JUDGED, lotOf, SINGLE, WRITTEN } from './finish';
import { PLAN } from './plan.fragment';
import { ALIVE } from './processes.fragment';
import { REMEMBERED } from './remembered.fragment';
import { LOOK_BEFORE, SAVE, SAVE_AND_WAKE } from './save.fragment';
import { LOAD, PEEK } from './state.fragment';
import { TIDY_UP, WRITE } from './write.fragment';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`npm run lua -- append`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: '88df9f5c82515a4fc4822dba29612302a15441ec',
  attempt: '3429da6a220df9777dff165e7d262e0361abe153',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '31be8c9af486e701f297ae428831530cfd61a636',
  block: '024edf7fc711db4a07e8b09b852e810295fd4258',
  bury: '8cf4810f0159e02c6fafa465203e0dd434a81ce3',
  claim: 'b9e304e4c88a8f34faddbfbb6621f7656c4bf864',
  claimReply: '31490f2d7edff0979fd3df2848a9f0726f77d78b',
  clear: '67501a70c3677d69c777a34f2c8cb650b0a24cf5',
  commitTurn: 'b74f20e831b2d03fcfd73fd37b43da1501feb0db',
  countAnswered: '7b5ce73f85b525868a8b47b4dd174c11e439935d',
  discard: 'c2896165735ae501f87e6440bcf8788fad4414ec',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: '02854c5b7e00e1877e33008fdeace76c14b381f0',
  endTurn: '2ec53ef0669e8781abef3f23f52e09846a45a948',
  erase: 'c63003b4d8382dab03914852e31ba62711485794',
  find: 'b906208243e122cfef3ef47ca514629b04d05c45',
  flush: '3cdf0d948e98c66f1ad950175ad74832f52c0151',
  forget: '8bc8c56d3afefbcdff6464bcf4333f735b3523e9',
  forwardAlias: '775a454aeb06a283aeab943f36ba8c4ba1c9ff55',
  hold: 'dda3db75b44bc3cc02f8fd1e172913e529d6e80c',
  holdsTurn: '361de6b2951ff2f68a0886aac463226e9c1749b9',
  judgeTurn: '73ef2f78f32eb0f169f7914024ac1224984e1b8c',
  keepBotState: '831c1013408fbd4400a1b8bd76982b20e8d51631',
  keepLateReply: 'c6840e8a4a0a90fab38cb28af5b42060eefe0840',
  keepNote: '572d1e3df9bf243b14e845d8732824766e8d8d0d',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '5c138f4056aba73c944fe343f740242046bf407e',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: 'e8d5d8fdf850ee2bedeb9589b7bf12cfc6ab9bc2',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  mute: 'fd090f000deec97416b157994bed16b5c2f4b623',
  pause: '815f5978b1fdd82e09062dd922250fbec675497b',
  redrive: 'ce4cc1c54d529d48fc64934cfb17ad2c1dd6ead8',
  repair: '01844d54a52c1abeffd7e833ce1dfac9c688765f',
  release: '110418e1f2485d8acd416f547833545a7e25200d',
  revoke: '8eac25b9d1b7d5cfd4a05149014cabd264fe9961',
  settle: 'd445f607e38d29c7ad46edb8435dc32d92472899',
  stashChange: '3db059af0b3c5b8832f7d94645a207d06a06ea99',
  statistics: 'af7b33eea8a8dae007c787fa90701fe1851cebee',
  steering: 'c06169db242c8daa4f764430127e7e51fe548bc2',
  takeLateReply: '02d919c76dc079ed86be3b7d687c77e04391a6b0',
  type: '7a03e6aefb90e061a7634d2a5a2d32f511e331e2',
};

type Parts = Pick<
  ChangeDeclaration<string, Record<string, Unit>, unknown>,
  'name' | 'body' | 'fragments' | 'once' | 'loaded'
>;

const CHANGES = SCRIPTS.filter((script) => 'isChange' in script);

/** Commands that change nothing. */
const READING = [
  ...[
    'GET',
    'MGET',
    'EXISTS',
    'LLEN',
    'LRANGE',
    'LINDEX',
    'LPOS',
    'HMGET',
    'HGET',
    'ZSCORE',
    'ZRANGE',
    'DUMP',
    'TIME',
  ],
];

const FRAGMENTS = [
  ...[ALIVE, AT_HAND, CHUNKS, CLOCK, LOAD, LOADED, LOOK_BEFORE, PEEK, REMEMBERED],
  ...[...CONVERSATION, ...ELEMENT, ...PLAN, ...SAVE, ...SAVE_AND_WAKE],
  ...[SINGLE, lotOf({ keys: ['state'], args: ['conversation'] }, 0), WRITE],
  ...[JUDGED, WRITTEN, TIDY_UP, closed('return'), FINISH],
  ...CHANGES.flatMap((change) => {
    const { once = [], fragments = [], loaded } = change as Parts;
    return [...once, ...fragments, ...(loaded ? [loaded] : [])];
  }),
];

/** What a header names: keys and the time, or the arguments that the function takes which works a change out. */
const HEADER_LINE =
  /^local (?:([\w, ]+) = (?:unpack\(|tonumber\()?(?:KEYS|ARGV)\b|function changeOne\(([\w, ]+)\)$)/;

function divided<T>(all: readonly T[], isOne: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isOne), all.filter((each) => !isOne(each))];
}

describe('the scripts', () => {
  let server: RedisServer;
  let redis: Redis;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = new Redis(server.url);
  });

  afterAll(async () => {
    redis.disconnect();
    await server.stop();
  });

  it('are those that were reviewed, and Redis takes each of them', async () => {
    const loaded = await Promise.all(
      SCRIPTS.map(async ({ name, lua }) => [name, await redis.script('LOAD', lua)] as const),
    );
    expect(Object.fromEntries(loaded)).toEqual(REVIEWED);
  });

  it.each(SCRIPTS)('$name uses no undeclared name', (script) => {
    const undeclared = undeclaredNames(script.lua);
    expect('isChange' in script ? CONSTANT_NAMES : []).toEqual(expect.arrayContaining(undeclared));
  });

  it('have the constants in front that they name, as the settings of their process say', async () => {
    const constants = Object.fromEntries(CONSTANT_NAMES.map((name) => [name, 1])) as never as Constants;
    const lua = withConstants('return { wakeChannel, maxSize }', {
      ...constants,
      wakeChannel: 'the "first" \\1 канал:wake',
      maxSize: 1_000_000_000_000,
    });
    expect(lua.split('\n')[0]).toMatch(/^local maxSize, wakeChannel = /);
    expect(await redis.eval(lua, 0)).toEqual(['the "first" \\1 канал:wake', 1_000_000_000_000]);
  });

  it.each(SCRIPTS)('$name touches none but the keys of its declaration', ({ lua, keys }) => {
    expect(keys as readonly string[]).toEqual(expect.arrayContaining(namesUsedAsKeys(lua)));
  });

  // What a script for lots derives beside its header is the subject of `define-change.spec.ts`.
  it.each(SCRIPTS.filter((script) => !('own' in script)))(
    '$name reads KEYS and ARGV in its derived header only',
    ({ lua, keys, args }) => {
      const lines = lua.replace(SINGLE.lua.trim(), '').split('\n');
      const [read, others] = divided(lines, (line) => HEADER_LINE.test(line));
      const names = read.flatMap((line) => {
        const [, named, taken] = HEADER_LINE.exec(line) ?? [];
        return (named ?? taken ?? '').split(', ');
      });
      // What the closing reads is read outside of the function too.
      expect([...new Set(names)].toSorted()).toEqual([...keys, ...Object.keys(args)].toSorted());
      expect(others.join('\n')).not.toMatch(/\b(KEYS|ARGV)\b/);
    },
  );

  it.each(CHANGES)(
    '$name only reads while it works out the change, and says how the conversation is to be',
    (change) => {
      const { name, body, fragments = [], once = [] } = change as Parts;
      const worked = [body, ...[...fragments, ...once].map(({ lua }) => lua)].join('\n');
      const called = [...worked.matchAll(/redis\.p?call\('([A-Z]+)'/g)].map(([, command]) => command);
      expect(READING).toEqual(expect.arrayContaining(called));
      // An alias has nothing to say of itself: it must be empty.
      if (name !== 'forwardAlias') expect(body).toMatch(/\bsave\(/);
    },
  );

  it.each(FRAGMENTS)('the fragment $name needs and gives what it says', ({ lua, needs, gives }) => {
    // In a function, for one of them returns.
    expect(needs).toEqual(expect.arrayContaining(undeclaredNames(lua)));
    if (gives.length > 0)
      expect(undeclaredNames(`${lua}\nreturn ${gives.join(', ')}`)).toEqual(undeclaredNames(lua));
  });

  it.each(SCRIPTS)('$name has every name once in its header', ({ keys, args }) => {
    const names = [...keys, ...Object.keys(args)];
    expect(new Set(names).size).toBe(names.length);
  });

  it('would be caught using a name too early, a global, or a key that is not declared', () => {
    expect(undeclaredNames('local a = b\nlocal b = a')).toEqual(['b']);
    expect(undeclaredNames("s.x = 'y' -- z\nlocal t = { s.w }\nreturn t .. tally")).toEqual(['s', 'tally']);
    expect(undeclaredNames('for i, v in ipairs(t) do total = total + v end')).toEqual(['t', 'total']);
    expect(undeclaredNames('local function f(x, y) return x + y end\nreturn f(1, 2)')).toEqual([]);
    expect(namesUsedAsKeys("redis.call('GET', prefix .. id)\nredis.call('TIME')")).toEqual([
      'an expression of type BinaryExpression',
    ]);
    expect(namesUsedAsKeys("tidy('DEL', a)\nlocal undo = { 'SET', b, 1 }")).toEqual(['a', 'b']);
    expect(namesUsedAsKeys("local function peek(key) return redis.call('GET', key) end\npeek(c)")).toEqual([
      'c',
    ]);
    expect(() => undeclaredNames('local a = = 1')).toThrow(SyntaxError);
  });
});
