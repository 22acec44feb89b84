import { Redis } from 'ioredis';
import { RedisServer } from '../../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../../testing/lua-names';
import { SCRIPTS } from './all';
import { CHUNKS } from './chunks.fragment';
import { CLOCK } from './clock.fragment';
import { CONVERSATION, LOADED, SAVE } from './conversation.fragment';
import type { ChangeDeclaration } from './define-change';
import type { Unit } from './define-script';
import { ELEMENT } from './element.fragment';
import { PLAN, PLANS } from './plan.fragment';
import { ALIVE } from './processes.fragment';
import { REMEMBERED } from './remembered.fragment';
import { STATE } from './state.fragment';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: '26de71661e08294ea654d7fc6d2d137391820693',
  attempt: '3429da6a220df9777dff165e7d262e0361abe153',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '010205a9450e0000566a703bcf8ed87ef0e2fe9a',
  bury: '4a4f24fe7a0ac54155fd4729cc0115847aa46b15',
  claim: 'c43ab5dd772ccf87beb4d7c2d941f2eea5b594cb',
  claimReply: '31490f2d7edff0979fd3df2848a9f0726f77d78b',
  clear: '9d1553b41e35612d60574a40d34c87e791a2ada0',
  countAnswered: '7b5ce73f85b525868a8b47b4dd174c11e439935d',
  discard: '35189409eb82505bba149ef3a006c165f0881d4c',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: 'b6448fec32cde026b5454f27e635127f52956a71',
  endTurn: 'dfb8f784f96099ffe76106ca339c8e3e71ea2d43',
  find: 'f7696279eadb23a6002551048abf87f513649395',
  flush: 'da9f7aa8b624412a543a178a443d853fc2684b8b',
  forwardAlias: '671008bfe4455fed228702384c378093d66acc99',
  hold: '49bc0fe33e6c9657cafa86f2d5a7c0719f997592',
  holdsTurn: '5857b6fc4c135318ae5f5ea2260f2093d7d4e499',
  judgeTurn: '146d55c941a8964471554d8600c693e7047c083d',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '59d0b108d8bb36c2f1f1997f2211973e0dbbcc35',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: '8c5d4835e9cedb7b0840e9d4c9ce57471c88d5ba',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: '815f5978b1fdd82e09062dd922250fbec675497b',
  redrive: '205d89d3420ee2dc5fe7d78180487c88ae911429',
  repair: '5ddb63570fd469154d5723cbf02a3b16f58d24d6',
  release: '8b1d7f22b98bf5dc44a3c6c09eb9c02d7a75e4a5',
  revoke: '374f09479bf0523e69c2b4f44570a489da600aff',
  settle: '6229e5f755bcc2319d067d33fb91219d88365d41',
  stashChange: '4a8a49d7f3544fe3d7e4b283e1daf01efada29ef',
  statistics: 'af7b33eea8a8dae007c787fa90701fe1851cebee',
  type: 'b4f23422233aa38d71826ef9281ea9eecb31423d',
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
  ...[ALIVE, CHUNKS, CLOCK, CONVERSATION, ELEMENT, LOADED, PLAN, PLANS, REMEMBERED, SAVE, STATE],
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
      const header = keys.length + Object.keys(args).length;
      expect(lines.slice(0, header).every((line) => /^local \w+ = .*\b(KEYS|ARGV)\[\d+\]/.test(line))).toBe(
        true,
      );
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
