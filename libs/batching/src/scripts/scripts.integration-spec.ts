import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: '1b24abbf3f6a8381e8f322332ee1cd70d85e9602',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '43d21f0c752fa5baf830569ed1361736970b29ab',
  bury: 'f6451b0d714e6e645288c1d111ca3001eb0a86d9',
  claim: 'a78e5475be52c47ca4ae9ece1896762813080e84',
  claimReply: 'ff27ec3516497f563af2f0766ec6e6450c0615a4',
  clear: '591d73248676c50d84c65851ddd65fbd04aebf05',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  endTurn: '67ffe0d24b28c4093dd743eb19ae40585a938542',
  flush: '6ea915b12a8f68cd3bbdaa6306eeab2efd47f52d',
  forwardAlias: 'aa1160a7cbbbab0b228d3228750e712637e88faa',
  judgeTurn: 'f579e9a415bb3256768162dc99e642eda9c96ae8',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '0d52e1d9626f16b02d7c073da82d5d9a131568ca',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: 'de61ba6e112ec6302b0d2cf37ffeff9b25ba8a5a',
  release: 'e938166cfb235e95cea0eb21b039ffb46ecced3e',
  settle: '7f7c944f3bda5e771cbc5223ae5ded911cdfabb2',
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

  it.each(SCRIPTS)('$name reads KEYS and ARGV in its derived header only', ({ lua, keys, args }) => {
    const lines = lua.split('\n');
    const header = keys.length + Object.keys(args).length;
    expect(lines.slice(0, header).every((line) => /^local \w+ = .*\b(KEYS|ARGV)\[\d+\]/.test(line))).toBe(
      true,
    );
    expect(lines.slice(header).join('\n')).not.toMatch(/\b(KEYS|ARGV)\b/);
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
    expect(namesUsedAsKeys("redis.call('GET', prefix .. id)\nredis.call('TIME')")).toEqual(['prefix .. id']);
  });
});
