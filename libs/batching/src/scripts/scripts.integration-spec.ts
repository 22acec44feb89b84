import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: '86f79c6cfbccee96ff0f169f471eafad911de312',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '46634da90f8ca79e59d1fc089639ff8427830951',
  bury: '9343a5323c9bab72ec2e772f38e8e781323f6994',
  claim: 'b76ba8b4ca40fe757513030edbf1f2aa8cb47f2d',
  claimReply: 'ff27ec3516497f563af2f0766ec6e6450c0615a4',
  clear: 'd3c34f10c049c844322ae906b7dc42181694d309',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  endTurn: 'dd10f0e997fd11b691880b69de0ee75bfc2269a1',
  flush: '6762a65791e1c98d789894c8c7f95642e4ddc0de',
  judgeTurn: 'c6f2355549758181eeacf589e6095a1a47dd11c8',
  learnAlias: '0a3251512cb2f1368bf2c26c6b706ad50c007692',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  leave: '7b99debbe46f45b718852e8d8c89ecb977944f98',
  mark: 'e4dae304bc6af979e3e4c25d4bb3cf740fef9803',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: '97edfd32ed9a2a02ebb10cf9d1323c94624bbdc4',
  release: 'f9c21d89441e565f14740ecec70c835f5500cd8d',
  settle: '181bb19a699a62e92cc15d901303a501b85138f2',
  statistics: '88d44e20fc734bff1f81a9ccd19b7f5292a53cf0',
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
