import { GATEWAYS } from '@app/gateways';
import { BATCHED, DIRECT, System } from './support/system';

interface Content {
  schema?: { example?: unknown };
  examples?: Record<string, { value: unknown }>;
}

interface Operation {
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, { content?: Record<string, Content> }>;
  security?: Record<string, unknown>[];
}

/** The contract's routes that exist; a new one must be added here. */
const ROUTES: [string, 'get' | 'post' | 'delete', string][] = [
  [BATCHED, 'post', 'webhook'],
  [DIRECT, 'post', 'webhook'],
  [`${BATCHED}/stats`, 'get', 'admin'],
  [`${BATCHED}/{phone}`, 'delete', 'admin'],
  ['/admin/history', 'get', 'admin'],
];

describe('the documentation', () => {
  let system: System;
  let paths: Record<string, Record<string, Operation>>;

  beforeAll(async () => {
    system = await System.start({ batcher: false });
    const { body } = await system.send('/docs-json');
    paths = body.paths as typeof paths;
  });

  afterAll(() => system.stop());

  it('is a page whose scripts and styles are there', async () => {
    const page = await system.send('/docs');
    expect(page).toMatchObject({ status: 200, type: 'text/html' });

    const assets = [...page.text.matchAll(/(?:src|href)="([^":]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const { pathname } = new URL(asset, `${system.webhook.url}/docs`);
      expect([pathname, (await system.send(pathname)).status]).toEqual([pathname, 200]);
    }
  });

  it.each(ROUTES)('describes %s %s, its secret and its refusals', (path, method, secret) => {
    const operation = paths[path]?.[method];
    expect(operation?.security).toContainEqual({ [secret]: [] });
    expect(Object.keys(operation?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '400', '401', '503']),
    );
    expect(Object.keys(operation?.responses['400']?.content ?? {})).toEqual(['application/problem+json']);
  });

  it('has a name and a picture of its own', async () => {
    const { text } = await system.send('/docs');
    expect(text).toContain('<title>Rapid-Fire · API</title>');
    expect(text).toMatch(/<link rel='icon' href='data:image\/svg\+xml,/);
    expect(text).not.toMatch(/favicon-\d+x\d+\.png/);
  });

  it('has a schema for every answer, and an example for every error', () => {
    const contents = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { responses }]) =>
        Object.entries(responses).map(([status, { content = {} }]) => {
          const [found] = Object.values(content);
          return { call: `${method} ${path} ${status}`, status: Number(status), found };
        }),
      ),
    );
    expect(contents.length).toBeGreaterThan(100);
    const isRedirect = (status: number): boolean => status >= 300 && status < 400;
    const withoutSchema = contents.filter(({ status, found }) => !isRedirect(status) && !found?.schema);
    expect(withoutSchema.map(({ call }) => call)).toEqual([]);
    const errors = contents.filter(({ status, call }) => status >= 400 && !call.includes('/health/'));
    expect(errors.filter(({ found }) => !found?.examples).map(({ call }) => call)).toEqual([]);
    for (const { status, found } of errors)
      for (const { value } of Object.values(found?.examples ?? {})) expect(value).toMatchObject({ status });
  });

  it.each(GATEWAYS.filter(({ example }) => example).map(({ name }) => name))(
    'shows a message of %s without a time, so that it is a fragment whenever it is sent',
    (name) => {
      const [content] = Object.values(paths[`/webhook/${name}`]?.post?.requestBody?.content ?? {});
      expect(JSON.stringify(content?.schema?.example)).toContain('Здравствуйте');
      expect(JSON.stringify(content?.schema?.example)).not.toMatch(/"(?:\w*[tT]ime\w*|date)":/);
    },
  );

  it('two fragments sent from the page are one batch, in their order', async () => {
    const examples = paths[BATCHED]?.post?.requestBody?.content['application/json']?.examples;
    const one = examples?.one?.value as { phone: string; companyId: number };
    const phone = '79001230000';
    for (const message of ['first', 'second']) await system.post(BATCHED, { ...one, phone, message });
    const { body } = await system.send(`/admin/batches/${phone}`);
    const messages = body.messages as { text: string }[];
    expect(messages.map(({ text }) => text)).toEqual(['first', 'second']);
  });

  it('describes health', () => {
    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/health/live', '/health/ready']));
  });

  it.each([BATCHED, DIRECT])('gives examples for %s that can be sent as they stand', async (path) => {
    const examples = paths[path]?.post?.requestBody?.content['application/json']?.examples ?? {};
    expect(Object.keys(examples).length).toBeGreaterThanOrEqual(3);
    for (const { value } of Object.values(examples)) {
      expect(await system.post(path, value)).toMatchObject({ status: 200, body: { success: true } });
    }
  });
});

describe('behind a proxy that serves it below a path', () => {
  let system: System;

  beforeAll(async () => {
    system = await System.start({
      batcher: false,
      env: { PUBLIC_URL: 'https://salon.example/chat/' },
    });
  });
  afterAll(() => system.stop());

  it('the queue’s page asks for its parts below that path', async () => {
    const { text } = await system.send('/admin/queues');
    expect(text).toContain('<base href="/chat/admin/queues/"');
  });

  it('what is tried from the documentation goes there too', async () => {
    const { body } = await system.send('/docs-json');
    expect(body.servers).toMatchObject([{ url: '/chat' }, { url: '/' }]);
  });
});
