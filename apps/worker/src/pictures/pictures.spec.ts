import type { TimelineNote } from '@app/contracts';
import { Metrics } from '@app/platform';
import type { Settings } from '@app/settings';
import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import { StandIn } from '../../../../test/support/stand-in';
import { CustomerFiles } from '../files/customer-files';
import { FileFetcher } from '../files/file-fetcher';
import { pictureTypeOf } from './picture-type';
import { PictureMetrics } from './picture.metrics';
import { type CallPicture, Pictures } from './pictures';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const SEEN = { mimeType: 'image/jpeg', base64: JPEG.toString('base64') };
const MAX_BYTES = 1_000;

describe('the pictures of a call', () => {
  let waha: StandIn;
  let metrics: Metrics;
  let notes: TimelineNote[];

  beforeEach(async () => {
    waha = await StandIn.start();
    metrics = new Metrics();
    notes = [];
    waha.answer = (_, response) => response.end(JPEG);
  });
  afterEach(() => waha.stop());

  const picture = (name: string, more: object = {}): object => ({
    type: 'image',
    url: `http://localhost:3000/api/files/default/${name}`,
    ...more,
  });

  async function counted(outcome: string): Promise<number> {
    const line = `rapid_fire_pictures_total{gateway="waha",outcome="${outcome}"} `;
    const found = (await metrics.render()).split('\n').find((each) => each.startsWith(line));
    return Number(found?.slice(line.length));
  }

  /** Of messages that have these files. */
  function of(
    files: { media: object | null; metadata?: object }[],
    { most = 2, signal }: { most?: number; signal?: AbortSignal } = {},
  ): Promise<CallPicture[]> {
    const settings = {
      companies: { senderOf: () => ({ url: waha.url, token: 'key' }) },
      pictures: { most, maxBytes: MAX_BYTES },
    } as unknown as Settings;
    const fetching = new CustomerFiles(new FileFetcher(), settings);
    const timeline = { record: (_: unknown, note: TimelineNote) => notes.push(note) };
    const pictures = new Pictures(fetching, settings, new PictureMetrics(metrics), timeline as never);
    const source = { gateway: 'waha', account: 'default', chatId: '79001234567@c.us' };
    const [part] = aMergedMessage().messages;
    const messages = files.map((file) => ({ ...part, metadata: {}, ...file, source }));
    return pictures.of(aMergedMessage({ messages } as object), signal);
  }

  it('are fetched with the gateway’s own authentication, and stand where their messages do', async () => {
    expect(await of([{ media: null }, { media: picture('1.jpg') }])).toEqual([{ message: 1, ...SEEN }]);
    expect(waha.heard).toMatchObject([{ path: '/api/files/default/1.jpg', headers: { 'x-api-key': 'key' } }]);
  });

  it('are none unless the operator wants them, and nothing is fetched', async () => {
    expect(await of([{ media: picture('1.jpg') }], { most: 0 })).toEqual([]);
    expect(waha.heard).toEqual([]);
  });

  it('are no films, no stickers, and nothing that a forwarder calls media', async () => {
    const metadata = { media: [null, 5, 'image', { type: 'sticker' }] };
    expect(await of([{ media: picture('1.mp4', { type: 'video' }), metadata }])).toEqual([]);
  });

  it('are the latest, also of one message; of the others it is said that there are', async () => {
    const metadata = { media: [picture('2.jpg'), picture('3.jpg')] };
    expect(await of([{ media: picture('1.jpg'), metadata }])).toEqual([
      { message: 0, why: 'too-many' },
      { message: 0, ...SEEN },
      { message: 0, ...SEEN },
    ]);
    expect(waha.heard.map(({ path }) => path.at(-5)).sort()).toEqual(['2', '3']);
    expect([await counted('too-many'), await counted('shown')]).toEqual([1, 2]);
    expect(notes).toMatchObject([{ reason: 'too-many', pictures: 1 }]);
  });

  it('that are missing for one reason are one note, however many', async () => {
    waha.answer = (_, response) => response.writeHead(404).end();
    await of([{ media: picture('1.jpg') }, { media: picture('2.jpg') }]);
    expect(await counted('no-file')).toBe(2);
    expect(notes).toEqual([
      {
        kind: 'picture',
        batchId: aMergedMessage().batchId,
        reason: 'no-file',
        pictures: 2,
        error: 'HTTP 404',
      },
    ]);
  });

  it.each<[string, object | null, StandIn['answer']]>([
    ['too-large', picture('1.jpg', { size: MAX_BYTES + 1 }), (_, response) => response.end(JPEG)],
    ['too-large', picture('1.jpg'), (_, response) => response.end(Buffer.alloc(MAX_BYTES + 1))],
    ['no-file', picture('1.jpg'), (_, response) => response.writeHead(404).end()],
    ['no-file', picture('1.jpg', { url: 'http://10.0.0.1/1.jpg' }), (_, response) => response.end(JPEG)],
    ['no-picture', picture('1.jpg'), (_, response) => response.end('<html>')],
  ])('may be %s, which is said', async (why, media, answer) => {
    waha.answer = answer;
    expect(await of([{ media }])).toEqual([{ message: 0, why }]);
    expect([await counted(why), await counted('shown')]).toEqual([1, 0]);
    expect(notes).toMatchObject([
      { kind: 'picture', reason: why, pictures: 1, error: expect.any(String) as string },
    ]);
  });

  it('are fetched again while their gateway is away for a moment', async () => {
    waha.answer = (_, response) =>
      waha.heard.length < 2 ? response.writeHead(503).end() : response.end(JPEG);
    expect(await of([{ media: picture('1.jpg') }])).toEqual([{ message: 0, ...SEEN }]);
  });

  it('are left at once when the call is superseded', async () => {
    const gone = new AbortController();
    waha.answer = () => gone.abort();
    expect(await of([{ media: picture('1.jpg') }], { signal: gone.signal })).toHaveLength(1);
    expect(notes).toEqual([]);
    expect(await counted('timeout')).toBe(0);
  });
});

it.each([
  ['image/png', Buffer.from('89504e470d0a1a0a', 'hex')],
  ['image/gif', Buffer.from('GIF89a')],
  ['image/webp', Buffer.from('RIFF\u0001\n\u0002\u0003WEBPVP8 ')],
])('%s is known by how it begins', (mimeType, bytes) => {
  expect(pictureTypeOf(bytes)).toBe(mimeType);
});
