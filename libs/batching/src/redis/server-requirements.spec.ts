import type { EnvironmentName } from '@app/config';
import type { BatchingSettings } from '../config/batching.settings';
import { testSettings } from '../testing/settings';
import type { ServerFacts } from './server-facts';
import { judgeServer } from './server-requirements';

const SOUND: ServerFacts = {
  version: '7.0.15',
  evictionPolicy: 'noeviction',
  hasAppendOnlyFile: true,
  snapshots: '',
  isReplica: false,
  isClusterNode: false,
  replicas: 0,
  clockAheadMs: 3,
};

const CLUSTER = { REDIS_URL: '', REDIS_CLUSTER_NODES: '127.0.0.1:7000' };

const wanted = (variables: Record<string, string> = {}): BatchingSettings => testSettings(variables);

type Row = [string, Partial<ServerFacts>, EnvironmentName, RegExp | null, RegExp | null];

const ROWS: Row[] = [
  ['a sound server', {}, 'production', null, null],
  ['the oldest that will do', { version: '6.2.0' }, 'production', null, null],
  ['an older one', { version: '6.0.16' }, 'test', /version 6\.0\.16: Redis 6\.2 or newer/, null],
  ['a much older one', { version: '5.0.7' }, 'test', /version 5\.0\.7/, null],
  ['a two-digit version', { version: '10.0.0' }, 'test', null, null],
  ['one that evicts', { evictionPolicy: 'allkeys-lru' }, 'development', /is allkeys-lru.*noeviction/, null],
  ['one that evicts what expires', { evictionPolicy: 'volatile-ttl' }, 'test', /is volatile-ttl/, null],
  ['one that keeps its policy to itself', { evictionPolicy: null }, 'test', null, /does not tell/],
  ['a replica', { isReplica: true }, 'test', /replica.*master/, null],
  ['a node of a cluster', { isClusterNode: true }, 'test', /one node of a cluster/, null],
  [
    'no persistence in production',
    { hasAppendOnlyFile: false },
    'production',
    null,
    /nothing on disk.*loses every/,
  ],
  [
    'snapshots in production',
    { hasAppendOnlyFile: false, snapshots: '60 1' },
    'production',
    null,
    /last snapshot/,
  ],
  [
    'secret snapshots',
    { hasAppendOnlyFile: false, snapshots: null },
    'production',
    null,
    /no append-only file/,
  ],
  ['no persistence elsewhere', { hasAppendOnlyFile: false }, 'staging', null, null],
  ['a clock ahead', { clockAheadMs: 60_000 }, 'test', null, /60 s ahead of ours/],
  ['a clock behind', { clockAheadMs: -60_000 }, 'test', null, /60 s behind ours/],
  ['a clock never set', { clockAheadMs: -50 * 365 * 86_400_000 }, 'test', /set both clocks by NTP/, null],
];

describe('the server behind the URL', () => {
  it.each(ROWS)('%s', (_, facts, environment, refusal, warning) => {
    const { refusals, warnings } = judgeServer({ ...SOUND, ...facts }, { ...wanted(), environment });

    expect(refusals).toEqual(refusal ? [expect.stringMatching(refusal)] : []);
    expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
  });

  it('of a cluster must be one of its nodes', () => {
    const cluster = { ...testSettings(), redis: testSettings(CLUSTER).redis };

    expect(judgeServer({ ...SOUND, isClusterNode: true }, cluster).refusals).toEqual([]);
    expect(judgeServer(SOUND, cluster).refusals).toEqual([
      expect.stringMatching(/no node.*REDIS_URL instead/),
    ]);
  });

  it('must have the replicas that are waited for', () => {
    const { warnings } = judgeServer(SOUND, wanted({ REDIS_MIN_REPLICAS: '1' }));

    expect(warnings).toEqual([expect.stringMatching(/0 of the 1 replicas.*503/)]);
  });

  it('is told every reason at once', () => {
    const { refusals } = judgeServer({ ...SOUND, version: '5.0.0', isReplica: true }, wanted());

    expect(refusals).toHaveLength(2);
  });
});
