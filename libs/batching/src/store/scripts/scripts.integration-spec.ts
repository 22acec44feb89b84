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
  append: 'b8d91396b51c41a10563b0714621c373eb39580c',
  attempt: '3429da6a220df9777dff165e7d262e0361abe153',
  awaiting: '74fd9f88aed308f4d8a74e180688e43f5038637a',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '851c80a1af9bfe578a0d2e62a612b5e2ace6a8c5',
  block: '1f35666674718985eb6915b097cd95aa5364b817',
  bury: '8552c4a414551de1152c7f8044ca7149d43883c5',
  claim: 'f7593f4171a3a5dfa2dac75beccaff1da853bf27',
  claimReply: 'ed2f255bcc7e7205e608031b2552c8c1b41eacef',
  clear: 'a1ecda2d55c23c6b9d496b9fc882dc098ddd2edd',
  commitTurn: '9c86758bf6be350ad24dc0041ec5abd005906d4e',
  countAnswered: '7b5ce73f85b525868a8b47b4dd174c11e439935d',
  discard: 'c2896165735ae501f87e6440bcf8788fad4414ec',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: '4b08937aab0e370c829c245285278b60c4bee887',
  endTurn: '8127b74bc8446a4e399141c8aa46d339fce8c185',
  erase: '61ff9952c63740f52c0a485b5f06b85ebbadfed1',
  find: 'b906208243e122cfef3ef47ca514629b04d05c45',
  findSuperseded: 'd8f6412b8158659c7ea60400d48dd9a4d2836c2f',
  flush: '20f71732a590ee1f2b80735c77b33a554c1178a7',
  forget: '8bc8c56d3afefbcdff6464bcf4333f735b3523e9',
  forwardAlias: '994a0ca609f3e9cb46ecdfb9417bc0670e97a0ae',
  hold: '51a0a61dea9f78cefe723c2e5cba52fae532da4d',
  holdsTurn: '361de6b2951ff2f68a0886aac463226e9c1749b9',
  judgeTurn: '7509ca5ab71abb927fbd3045f809904529681f2e',
  keepBotState: '831c1013408fbd4400a1b8bd76982b20e8d51631',
  keepColleagueWords: 'a9b9dcf076723aff981bd395cf2795e85a54846d',
  keepLateReply: 'c6840e8a4a0a90fab38cb28af5b42060eefe0840',
  keepNote: '572d1e3df9bf243b14e845d8732824766e8d8d0d',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: 'a361c44f9a1e7742dcb4417fa293578394b35b76',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: 'e8d5d8fdf850ee2bedeb9589b7bf12cfc6ab9bc2',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  mute: 'dacf1b1f77cfc5dd06aee24035aad8cfb441b257',
  noteProgress: '4c41134bc3fad56a826eebc4a997f55dcd55b745',
  pause: '815f5978b1fdd82e09062dd922250fbec675497b',
  redrive: '564dd080e831e4fc0091b4250899e3b332b01845',
  repair: '525a122f00606c68a8d03f785d1fb655dfe8ef22',
  release: '53b2e507a53d9d0a77c0dababb954b064d46d056',
  revoke: 'ec5c8e758243457631097dad9b5994030b3e7915',
  setCompanySettings: 'b783f8f2918af443f4c8ab89b78272c335fd478e',
  settle: '16f2433937494242957ce15b2386c0dd00ad0c9f',
  stashChange: '3db059af0b3c5b8832f7d94645a207d06a06ea99',
  statistics: 'af7b33eea8a8dae007c787fa90701fe1851cebee',
  steering: 'c06169db242c8daa4f764430127e7e51fe548bc2',
  takeAwaited: '3fd6ba9beb1ba012fb2246746c7914da2d497437',
  takeLateReply: 'cffcc6297dc1d16149a752ac8d85acdd11d11b96',
  type: '9eb3c9009d2c7ca913bf0b3012b7c8b36b988af6',
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
      // An alias has nothing to say of itself, for it must be empty; a look leaves it as it is.
      if (name !== 'forwardAlias' && name !== 'awaiting') expect(body).toMatch(/\bsave\(/);
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
