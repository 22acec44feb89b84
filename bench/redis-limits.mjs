import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bench } from './method/bench.mjs';
import { shown, shownSpread, spreadOf } from './method/figures.mjs';
import { sized } from './method/options.mjs';

const SIZE = sized(
  { rounds: 3, requests: 100_000, appends: 50_000 },
  { rounds: 1, requests: 5_000, appends: 500 },
);
const COMMANDS = ['SET', 'RPUSH', 'LPOP'];

await bench({
  name: 'redis-limits',
  title: 'Limits: what this Redis can do at all',
  method: [
    `\`redis-benchmark\`, 32 connections, ${SIZE.requests.toLocaleString('en-GB')} requests, ${SIZE.rounds} rounds, alone and 16 in a pipeline. Beside it the time that Redis itself`,
    `counts for one of our appends (a message with an id, ${SIZE.appends.toLocaleString('en-GB')} conversations), which bounds what all webhooks together can store.`,
  ],
  async run(stage) {
    const redis = await stage.redis();
    const rows = [];
    if (await isThere()) {
      for (const pipelined of [1, 16]) rows.push(...(await benchmark(redis.port, pipelined)));
    } else {
      rows.push(['**redis-benchmark is not on this machine: skipped**', '–']);
    }
    await redis.client.flushall();
    const batching = stage.batching(redis);
    await batching.fill({ conversations: 100 });
    const appendUs = await redis.timeOf('evalsha', () =>
      batching.fill({ from: 100, conversations: SIZE.appends }),
    );
    return {
      tables: [
        { columns: ['command', 'requests/s'], rows },
        {
          columns: ['our append', 'in Redis'],
          rows: [
            ['time, µs', shown(appendUs)],
            ['so at most, per second', shown(1e6 / appendUs)],
          ],
        },
      ],
      targets: [],
    };
  },
});

async function isThere() {
  return promisify(execFile)('redis-benchmark', ['--version']).then(
    () => true,
    () => false,
  );
}

async function benchmark(/** @type {number} */ port, /** @type {number} */ pipelined) {
  /** @type {Map<string, number[]>} */
  const found = new Map(COMMANDS.map((command) => [command, []]));
  for (let round = 0; round < SIZE.rounds; round += 1) {
    const args = ['-p', String(port), '-c', '32', '-n', String(SIZE.requests), '-P', String(pipelined)];
    const { stdout } = await promisify(execFile)('redis-benchmark', [
      ...args,
      '-t',
      COMMANDS.join(','),
      '--csv',
    ]);
    for (const [, command = '', perS] of stdout.matchAll(/^"(\w+)","([\d.]+)"/gm)) {
      found.get(command)?.push(Number(perS));
    }
  }
  return [...found].map(([command, perS]) => [
    `\`${command}\`${pipelined > 1 ? `, ${pipelined} in a pipeline` : ''}`,
    shownSpread(spreadOf(perS)),
  ]);
}
