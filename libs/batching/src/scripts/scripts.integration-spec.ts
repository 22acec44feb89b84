import { Redis } from 'ioredis';
import { RedisServer } from '../../../../test/support/redis-server';
import { namesUsedAsKeys, undeclaredNames } from '../testing/lua-names';
import { SCRIPTS } from './all';

/**
 * The scripts as they were reviewed. A change of any shows here, fragments and headers included: look at the whole
 * script (`SCRIPTS[n].lua`), let the model test pass, then write the new SHA down.
 */
const REVIEWED = {
  append: 'b0540473faf277fc61ed965a97dae18bbf67b298',
  attempt: '2b2138ae2533f0a98eaf91db87d78e5b6c487074',
  beat: '10e497be55bb7cdbd220f92235a9f98cdde8f9cd',
  beginTurn: '695f2cfc2e668a91f8ee785ae37865d9c54c22c8',
  bury: 'f9e03926e1c3a8393be9a7512cb8782d16f5422d',
  claim: '1aff5a8f4e5a67063d7b7991c1e4b9404b195622',
  claimReply: 'ff27ec3516497f563af2f0766ec6e6450c0615a4',
  clear: 'c2fd030365287b927c5f797eaf416ddcc32a81cb',
  discard: '99c8cbdc74e9578b6b5c2d8594809b2a6079afba',
  due: 'bcd3c41360cf74f7f7e2a61a602077cd8d11179b',
  edit: '07085947712263c0028646051a89f95e1a93b7aa',
  endTurn: 'a62ced98ffa34308efc186797971fc421c30602e',
  find: '3ff6ce66102c70e7b682b59eb7568045889d2515',
  flush: 'af7fd69d0a22072016b7387e4e2044aeac7fec95',
  foretell: '4a8a49d7f3544fe3d7e4b283e1daf01efada29ef',
  hold: '6249e5091571a5f4f320f9124870f40fddca97c9',
  judgeTurn: 'ef3f5b7df96c0e851fe88fa25a50493561fd2d6c',
  keepUnreadable: 'be91652a4e73af843deb084c246c2b63ff6a6bc3',
  learnAlias: '61bc829e8ce7f052e870af7ee5cd05c000e5f0d9',
  leave: '7b99debbe46f45b718852e8d8c89ecb977944f98',
  locate: '8c5d4835e9cedb7b0840e9d4c9ce57471c88d5ba',
  mark: 'e4dae304bc6af979e3e4c25d4bb3cf740fef9803',
  pause: 'bf02808facdf8901ea6285c09776320e6d2cfd15',
  redrive: '946dfb85dd151a849ac6909a3a806e334e770e1f',
  release: '299010bfcb3de2249fe8ae2a707426293816090a',
  revoke: '7224c7d050d2cc88718aab06f8ad3f58208f36bd',
  settle: 'a6a17af0604e7797b9b48df4a21625185a1b35d5',
  statistics: '88d44e20fc734bff1f81a9ccd19b7f5292a53cf0',
  type: 'dc45c7dfc3e019e83108c7630aa68da6c59dfe73',
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
