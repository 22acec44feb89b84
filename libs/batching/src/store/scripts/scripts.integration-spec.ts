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
  append: '2d0679ff91b59b7924d85a12750f195ca56dccfe',
  attempt: '3429da6a220df9777dff165e7d262e0361abe153',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '8681b865e1403d952031321ca9e02edf22b5e26a',
  bury: 'd6ae848d7f78b1bc164a6cabd13b2fdb4474b815',
  claim: 'e70d3fab7e0411c37a4b23c61fb8eec5a30560c0',
  claimReply: '31490f2d7edff0979fd3df2848a9f0726f77d78b',
  clear: '4784b343b85d0a4e96eec7d30bd89c13050af3b7',
  commitTurn: '69bb410602427a561682b2ea21c9517375099e27',
  countAnswered: '7b5ce73f85b525868a8b47b4dd174c11e439935d',
  discard: '35189409eb82505bba149ef3a006c165f0881d4c',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: '56699ceab6544fbcb6159aee6082a45434183aad',
  endTurn: '16946d341ea300ebb49a933eb86a8e9df98699c1',
  find: 'b906208243e122cfef3ef47ca514629b04d05c45',
  flush: '0ec67d3adab6fb70966f103bdc826275b1a6a782',
  forwardAlias: 'efa3eac28bb1de7b8859968e054b27012c8aa33a',
  hold: 'ace042abc89454ed156b17be17cbf0f4bf23124b',
  holdsTurn: '361de6b2951ff2f68a0886aac463226e9c1749b9',
  judgeTurn: '68ca095227cdead25459b946574b3696301d4400',
  keepBotState: '831c1013408fbd4400a1b8bd76982b20e8d51631',
  keepNote: '572d1e3df9bf243b14e845d8732824766e8d8d0d',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '981e7f035cbfb0748a0a15378e39b226f96f904b',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: 'e8d5d8fdf850ee2bedeb9589b7bf12cfc6ab9bc2',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: '815f5978b1fdd82e09062dd922250fbec675497b',
  redrive: 'dc9f364d646e3dfb5f6b330c2774f6dd0af9403b',
  repair: 'd6af5eadf06f98ee25692cefc0bdf06b02c9e899',
  release: '2b118b1ccbfc3f84fcaa3e85575bafc6e6e13fe4',
  revoke: '5108f8ca17fa23f0ad3e1a9d77c970c6cd694bd8',
  settle: '99882ba44c4311874f705ef1ea32525925135776',
  stashChange: '3db059af0b3c5b8832f7d94645a207d06a06ea99',
  statistics: 'af7b33eea8a8dae007c787fa90701fe1851cebee',
  type: '118639b86623eb4049b1caa6245db56cd01faef4',
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
