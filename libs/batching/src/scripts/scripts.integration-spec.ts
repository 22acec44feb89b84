import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: 'c9ad4a47079d9b0aff8c987a76c60c7dbf202987',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '81af2cd2450a509fc5204d85c6c41bca9f106281',
  bury: '010fd332c890f3cec61d9fba7e6ae8398ae4e675',
  claim: 'ef20b5ae42e40da881787f83ce44b9211ed18625',
  claimReply: 'ff27ec3516497f563af2f0766ec6e6450c0615a4',
  clear: '8b80e9a1f52f895ae359da9c1182327aa902e50e',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  endTurn: 'e7f4ce50f239c74192d68a225d7ec5ef6b51e4fe',
  flush: '7c550c81ddbee6ba2c7fd74f146c1cf65654a2b8',
  judgeTurn: '4450a7c0d06e3fed75049abf403dea5dd2d27777',
  leave: '73b9af586ebfd7665f72cfe58370fc3b5736bc8f',
  mark: 'a6001fa1aafb0142bfba4d69724efe9e2f651c71',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: 'b06d38b2ff91c28b511e8477ffdbdc16529745da',
  release: '532616953f04533f23e3fc18596cc514c1c7b7fc',
  settle: 'cff7a84827a2b9f2b515a4f82c640e34f49b0e27',
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
