import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: 'b292ae7eda33b9b294fc5f1ab26b15f54dd0a23f',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '590a14c3d4ae05b22541ea1110a391af4ecc6c72',
  bury: '5325b066eb91ab7b24df34237e2a4506a2798781',
  claim: 'fa87066825736bece90d051594b765a74d9ac558',
  claimReply: '01ba0c56defc963643f2e514190c4c800d9a1d5a',
  clear: '85558ca7fa66d409f307b0de928dead3f931685e',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  edit: '5b2dcc4b2523ad49156be34e5059505494183677',
  endTurn: '4a4bf643db061f2d409f0ebe6c633ee8773f4b98',
  find: '3ff6ce66102c70e7b682b59eb7568045889d2515',
  flush: '220f078791917abeedf7f76d6cd7beaffc0be971',
  foretell: '4a8a49d7f3544fe3d7e4b283e1daf01efada29ef',
  forwardAlias: '74bfd4de2b153c08d575f77f62cded252ddef7ac',
  hold: '08429846f7bc4dd8210e9dd2d79cc2e49a08e4c3',
  judgeTurn: '23848483d14b564c5f9ad89cb32ab9810197e686',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '60d009a628478c46bda3061776d31c4ba2eba125',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: '8c5d4835e9cedb7b0840e9d4c9ce57471c88d5ba',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: 'eb53aea06fb060dc0652fa855d39794ad7dce2c7',
  release: '9a6a94fbef98a5739706ce5d2067c9c4de788759',
  revoke: '3b5b8c02d6af062966fd3632bc0d178d8be8c590',
  settle: 'd78b5bb132fd0d0129f4919a5d22de50d6cf3e0e',
  statistics: '88d44e20fc734bff1f81a9ccd19b7f5292a53cf0',
  type: '1965715a0afed587293dc05d2e138c9f068c3da5',
};

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

  // What a script for lots derives beside its header is the subject of `define-lot.spec.ts`.
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

  it.each(SCRIPTS)('$name has every name once in its header', ({ keys, args }) => {
    const names = [...keys, ...Object.keys(args)];
    expect(new Set(names).size).toBe(names.length);
  });

  it('would be caught using a name too early, a global, or a key that is not declared', () => {
    expect(undeclaredNames('local a = b\nlocal b = a')).toEqual(['b']);
    expect(undeclaredNames("s.x = 'y' -- z\nlocal t = { s.w }\nreturn t .. tally")).toEqual(['s', 'tally']);
    expect(undeclaredNames('for i, v in ipairs(t) do total = total + v end')).toEqual(['t', 'total']);
    expect(undeclaredNames('local function f(x, y) return x + y end\nreturn f(1, 2)')).toEqual([]);
    expect(namesUsedAsKeys("redis.call('GET', prefix .. id)\nredis.call('TIME')")).toEqual(['prefix .. id']);
  });
});
