import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: 'b3d9b53b63636ac2fa88a15d938c618430178556',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  bury: 'ca989b632b27e113e3e958cf670e6efe3bb00e8d',
  claim: 'd7f0f3c7040a2b5bb89218c4370716e89a92ecd6',
  clear: '26a3a5f7909652bb56c1eac527785a042ef96d47',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  flush: 'd7f323537e28a8ba015225f6e9529054fcbfa717',
  leave: '7b99debbe46f45b718852e8d8c89ecb977944f98',
  mark: 'e4dae304bc6af979e3e4c25d4bb3cf740fef9803',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: '7fbe22a7a52e49299a6a27e96f997d102d5c4187',
  release: '35887420fc34c33fec0dbac2bca93775b0085b12',
  settle: '26f74e2946c8e5f2a917158b872a876e94742bee',
  statistics: 'bfe8b3f3f8f72ec3471245b675663f350438f9e9',
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
