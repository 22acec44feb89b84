import { Redis } from 'ioredis';
import { RedisServer } from '../../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: '4e6cb8cad56641d5a6848fe2bc659f8de0d36416',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '6872ab8ac7b3284fc16fd0f456e4ee8fbfd0ccb6',
  bury: '5e1178d5baf64fd365f72564f292da9f3107ca3a',
  claim: '55e05da5a70bf86d4a96c6dae7cf522801b7158f',
  claimReply: '31490f2d7edff0979fd3df2848a9f0726f77d78b',
  clear: 'd41e7e68aa821f605a0eaa9b3718157e1865608e',
  countAnswered: '3b548b2a9f182707b77d05a0646a200a27749102',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: '2a5ddf1aad3a8860db2c9f52dd431287dd8e429b',
  edit: '5c3ac9d82d57249bda47db42aefd0516d046685e',
  endTurn: '10227d672e910edb08f0b81c1ba25ffbe02dc0f8',
  find: '3ff6ce66102c70e7b682b59eb7568045889d2515',
  flush: 'e641f5df6ed7ec52c53768c30810b45297ed7aa1',
  stashChange: '4a8a49d7f3544fe3d7e4b283e1daf01efada29ef',
  forwardAlias: '58b64ef4889087290dc8fce0ecd1e532696b4cbb',
  hold: '834299d383eb5a9d27ce8087fcd274efd368d70e',
  holdsTurn: 'b716a0e763c348d324e4ecbd3eaa326316b3da21',
  judgeTurn: 'a2e0ea27d7d9eae43c3547d481d8d546b5ea6def',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '50708e5d4327231ca557193c7b5d4adf818f8f80',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  locate: '8c5d4835e9cedb7b0840e9d4c9ce57471c88d5ba',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: '07b248ac19728af40e733788f9a24d64703c5fa5',
  release: '4cd10a5deb1adf4c0feeaf04d8d4a550c8396f84',
  revoke: '861ce53ce58287c92efd38f215ee9837cbeac0f2',
  settle: 'b90450e35157706781c9e01d54bce644fc3dfb11',
  statistics: '88d44e20fc734bff1f81a9ccd19b7f5292a53cf0',
  type: '6eec1110f29cf9d6b9b5ba919022fd7583aaded4',
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
