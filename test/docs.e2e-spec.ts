import { BATCHED, DIRECT, System } from './support/system';

interface Operation {
  requestBody?: { content: Record<string, { examples?: Record<string, { value: unknown }> }> };
  responses: Record<string, { content?: Record<string, unknown> }>;
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
