import { Redis } from 'ioredis';
import { RedisServer } from '../../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../../testing/lua-names';
import { SCRIPTS } from './all';
import { CHUNKS } from './chunks.fragment';
import { CLOCK } from './clock.fragment';
import { AT_HAND, CONVERSATION, LOADED } from './conversation.fragment';
import type { ChangeDeclaration } from './define-change';
import type { Unit } from './define-script';
import { ELEMENT } from './element.fragment';
import { PLAN } from './plan.fragment';
import { ALIVE } from './processes.fragment';
import { REMEMBERED } from './remembered.fragment';
import { LOOK_BEFORE, SAVE, SAVE_AND_WAKE } from './save.fragment';
import { LOAD, PEEK } from './state.fragment';
import { TIDY_UP, WRITE } from './write.fragment';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: 'f4aeb2df7791965fb27be0f4d721590825ad398d',
  attempt: '3429da6a220df9777dff165e7d262e0361abe153',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '5293c1437220ec5af9f52add5cd59e33f9a210c6',
  bury: '755996a496824ed5f8bca3fa756289750191abce',
  claim: '0e573d1fd90e51599eef220b4fc76970011c1187',
  claimReply: '31490f2d7edff0979fd3df2848a9f0726f77d78b',
  clear: '410f7506958d1cb04dd20774d634ed758d7b1bab',
  countAnswered: '7b5ce73f85b525868a8b47b4dd174c11e439935d',
  discard: '35189409eb82505bba149ef3a006c165f0881d4c',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: 'd443a90ae5fb285ba319cd4d302356b2e2147766',
  endTurn: '35ed9b8dbe3e99b08bb4a1cf6ea98e2c53c03bc5',
  find: 'ad45a585f807af28b601e8b7c4874a2c0c619cea',
  flush: '6ad7f96670cdc56a385d3af5fef94d67d2dcea94',
  forwardAlias: 'c04f1fa5635226a3c389a1f74fdc6e954d6353c5',
  hold: '87123779b8b831a161106c77dd7e753190bad96b',
  holdsTurn: '361de6b2951ff2f68a0886aac463226e9c1749b9',
  judgeTurn: 'de2b92373358f75114ac795633c23ef27e12e7c4',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '83f52a036026d73f5cf61ccc08f9107c994d4003',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: 'e8d5d8fdf850ee2bedeb9589b7bf12cfc6ab9bc2',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: '815f5978b1fdd82e09062dd922250fbec675497b',
  redrive: '49d934def2a9b9c647b017c6e2956bc791a30c03',
  repair: '832771b2bbc301c7d5472568baf30e1fd33bd064',
  release: '5ed596d0b1e1a1e0ae77a7d4fc5a3f003b605942',
  revoke: 'c29334b3d3ce7adec9fa29734bde7dbedd032f44',
  settle: '75f6595f92b8e029fa8cdf6be36581f0483a92e0',
  stashChange: '3db059af0b3c5b8832f7d94645a207d06a06ea99',
  statistics: 'af7b33eea8a8dae007c787fa90701fe1851cebee',
  type: '4c8b2bf6ea719674db000edf84271b0d65e8f3e7',
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
  ...[...CONVERSATION, ...ELEMENT, ...PLAN, ...SAVE, ...SAVE_AND_WAKE, WRITE, TIDY_UP],
  ...CHANGES.flatMap((change) => {
    const { once = [], fragments = [], loaded } = change as Parts;
    return [...once, ...fragments, ...(loaded ? [loaded] : [])];
  }),
];

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

  it.each(SCRIPTS)('$name uses no undeclared name', ({ lua }) => {
    expect(undeclaredNames(lua)).toEqual([]);
  });

  it.each(SCRIPTS)('$name touches none but the keys of its declaration', ({ lua, keys }) => {
    expect(keys as readonly string[]).toEqual(expect.arrayContaining(namesUsedAsKeys(lua)));
  });

  // What a script for lots derives beside its header is the subject of `define-change.spec.ts`.
  it.each(SCRIPTS.filter((script) => !('own' in script)))(
    '$name reads KEYS and ARGV in its derived header only',
    ({ lua, keys, args }) => {
      const lines = lua.split('\n');
      const header = lines.findIndex((line) => !/^local [\w, ]+ = .*\b(KEYS|ARGV)\[\d+\]/.test(line));
      const names = lines.slice(0, header).flatMap((line) => line.slice(6, line.indexOf(' = ')).split(', '));
      expect(names.toSorted()).toEqual([...keys, ...Object.keys(args)].toSorted());
      expect(lines.slice(header).join('\n')).not.toMatch(/\b(KEYS|ARGV)\b/);
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
