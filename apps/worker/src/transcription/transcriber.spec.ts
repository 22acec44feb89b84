import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from '@app/settings';
import { Transcriber } from './transcriber';

// Written from https://platform.openai.com/docs/api-reference/audio/createTranscription.
describe('the transcriber', () => {
  let server: Server;
  let asked: { headers: IncomingHttpHeaders; body: string }[];
  let answer: (response: ServerResponse) => void;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('latin1').on('data', (text: string) => (body += text));
      request.on('end', () => {
        asked.push({ headers: request.headers, body });
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    asked = [];
    answer = (response) => response.end(JSON.stringify({ text: ' на завтра ', usage: { seconds: 3 } }));
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });

  function transcribe(
    mimeType: string | null,
    more: Partial<Settings['transcription']> = {},
    timeoutMs = 20_000,
  ): ReturnType<Transcriber['transcribe']> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/audio/transcriptions`;
    const transcription = {
      url,
      apiKey: null,
      model: 'whisper-1',
      language: null,
      timeoutMs: 1,
      maxBytes: 1,
    };
    const transcriber = new Transcriber({ transcription: { ...transcription, ...more } });
    const limits = { timeoutMs, signal: new AbortController().signal };
    return transcriber.transcribe({ bytes: Buffer.from('OggS'), mimeType }, limits);
  }

  it('is given the file, the model and the language as a form, and answers with what is said', async () => {
    const words = await transcribe('audio/ogg; codecs=opus', { apiKey: 'sk-1', language: 'ru' });
    expect(words).toEqual({ kind: 'done', value: 'на завтра' });
    const [{ headers, body } = { headers: {}, body: '' }] = asked;
    expect(headers.authorization).toBe('Bearer sk-1');
    expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
    for (const [name, value] of [
      ['file"; filename="voice.ogg', 'OggS'],
      ['model', 'whisper-1'],
      ['language', 'ru'],
      ['response_format', 'json'],
    ] as const)
      expect(body.replaceAll('\r\n', '\n')).toMatch(
        new RegExp(`name="${name}"\n(?:Content-Type: .*\n)?\n${value}\n`),
      );
  });

  it.each([
    ['audio/mpeg', 'voice.mp3'],
    ['audio/mp4', 'voice.m4a'],
    [null, 'voice.ogg'],
  ])('knows %s by its name, %s', async (mimeType, name) => {
    await transcribe(mimeType);
    expect(asked[0]?.body).toContain(`filename="${name}"`);
  });

  it.each<[string, (response: ServerResponse) => void, object]>([
    ['no words', (to) => to.end('{"text": "  "}'), { kind: 'missing', why: 'no-words' }],
    ['a page', (to) => to.end('<html>'), { kind: 'missing', why: 'refused' }],
    ['a number', (to) => to.end('{"text": 5}'), { kind: 'missing', why: 'refused' }],
    ['nothing', (to) => to.end(), { kind: 'missing', why: 'refused' }],
    ['words without end', (to) => to.end('x'.repeat(2_000_000)), { kind: 'missing', why: 'too-large' }],
    ['400', (to) => to.writeHead(400).end('{"error": {}}'), { kind: 'missing', why: 'refused' }],
    ['401', (to) => to.writeHead(401).end(), { kind: 'missing', why: 'refused' }],
    ['500', (to) => to.writeHead(500).end(), { kind: 'again', afterMs: 0 }],
    ['429', (to) => to.writeHead(429, { 'retry-after': '3' }).end(), { kind: 'again', afterMs: 3_000 }],
    ['a broken connection', (to) => to.destroy(), { kind: 'again' }],
  ])('may answer with %s', async (_, given, expected) => {
    answer = given;
    expect(await transcribe('audio/ogg')).toMatchObject(expected);
  });

  it('may not answer in time', async () => {
    answer = () => undefined;
    expect(await transcribe('audio/ogg', {}, 200)).toMatchObject({ kind: 'again' });
  });
});
