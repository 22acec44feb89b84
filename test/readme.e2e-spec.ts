import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoredMessage } from '@app/contracts';
import { Child } from './support/child';
import { STUCK_MS } from './support/eventually';
import { read } from './support/pages';
import { System } from './support/system';

const [, CODE = ''] = /```js\n(.*?)```/s.exec(read('README.md')) ?? [];
const SECRET = 'webhook-secret-1';
const FROM = '79001234567@c.us';
const THUMBNAIL = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQE';

/** What stands in Venom's place: it gives the forwarder these messages, one after the other. */
const venom = (messages: readonly object[]): string => `
  exports.create = async () => ({
    onMessage: async (forward) => {
      for (const message of ${JSON.stringify(messages)}) await forward(message);
      console.log('all forwarded');
    },
  });
`;

const MESSAGES = [
  {
    from: FROM,
    id: 'false_1@c.us_3EB0A1',
    type: 'chat',
    body: 'hello',
    isMedia: false,
    timestamp: 1763700001,
  },
  {
    from: FROM,
    id: 'false_1@c.us_3EB0A1',
    type: 'chat',
    body: 'hello',
    isMedia: false,
    timestamp: 1763700001,
  },
  { from: 'nobody', id: 'false_1@c.us_3EB0A2', type: 'chat', body: 'hello' },
  {
    from: FROM,
    id: 'false_1@c.us_3EB0A3',
    type: 'location',
    body: THUMBNAIL,
    isMedia: false,
    lat: 55,
    lng: 37,
  },
  {
    from: FROM,
    id: 'false_1@c.us_3EB0A4',
    type: 'image',
    body: THUMBNAIL,
    isMedia: true,
    caption: 'this one',
  },
];

describe('the forwarder of the README', () => {
  let system: System;
  let folder: string;
  let forwarder: Child;

  beforeAll(async () => {
    system = await System.start({ batcher: false, env: { WEBHOOK_SECRET: SECRET } });
    folder = await mkdtemp(join(tmpdir(), 'forwarder-'));
    const stub = join(folder, 'node_modules', 'venom-bot');
    await mkdir(stub, { recursive: true });
    await writeFile(join(stub, 'index.js'), venom(MESSAGES));
    const code = CODE.replace('http://localhost:3000', system.webhook.url);
    const env = { PATH: process.env.PATH, WEBHOOK_SECRET: SECRET };
    forwarder = new Child('forwarder', process.execPath, ['-e', code], { cwd: folder, env });
    await forwarder.waitForLine(/^all forwarded$/, STUCK_MS);
  });
  afterAll(async () => {
    await forwarder.exited;
    await system.stop();
    await rm(folder, { recursive: true });
  });

  it('brings each message once, with a customer’s words for its text and never a file', async () => {
    const list = await system.redis.lrange('rapid-fire:962302:79001234567', 0, -1);
    expect(list.map((json) => JSON.parse(json) as StoredMessage)).toMatchObject([
      { text: 'hello', type: 'text', messageId: '3EB0A1' },
      { text: '', type: 'location', metadata: { location: { latitude: 55, longitude: 37 } } },
      { text: 'this one', type: 'image' },
    ]);
    expect(list.join()).not.toContain(THUMBNAIL);
  });

  it('says what was refused, and goes on', () => {
    expect(forwarder.lines.filter((line) => line.startsWith('refused'))).toHaveLength(1);
  });
});
