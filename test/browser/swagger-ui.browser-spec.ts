import type { Browser } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { KEY, OperatorStage } from '../support/operator-stage';
import { ADMIN_CALLS } from './admin-calls';
import { complaintsOf, HOST, startChromium, takePicture } from './chromium';
import { SwaggerPage } from './swagger-page';

driveAsShipped();

const WEBHOOK_SECRET = 'webhook-secret';
const KEYS = { admin: KEY, webhook: WEBHOOK_SECRET };

/** A page's session and its stream, and the bots' way back: not for operators' hands. */
const HAVE_THEIR_OWN_TESTS = /^\/(?:live|replies)\//;

interface Document {
  paths: Record<string, Record<string, { security?: object[]; responses: Record<string, unknown> }>>;
}

describe('in a browser', () => {
  let stage: OperatorStage;
  let browser: Browser;
  let url: string;
  /** The answer of success of each operation that is for operators. */
  let operations: Map<string, number>;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await OperatorStage.start({ WEBHOOK_SECRET });
    url = stage.webhook.url.replace('127.0.0.1', HOST);
    operations = operationsFor('admin', (await stage.admin.get('/docs-json')).body as unknown as Document);
  });
  beforeEach(() => stage.client.flushall());
  afterAll(async () => {
    await browser.close();
    await stage.stop();
  });

  async function openDocs(): Promise<SwaggerPage> {
    const page = new SwaggerPage(await browser.newPage({ viewport: { width: 1200, height: 900 } }), url);
    await page.open();
    return page;
  }

  it('every operation for operators is tried here', () => {
    expect([...operations.keys()].sort()).toEqual(Object.keys(ADMIN_CALLS).sort());
    expect(operations.size).toBeGreaterThanOrEqual(13);
  });

  describe('with the keys entered once', () => {
    let page: SwaggerPage;

    beforeAll(async () => {
      page = await openDocs();
      await page.authorize(KEYS);
    });
    afterAll(() => page.close());

    it.each(Object.entries(ADMIN_CALLS))('%s succeeds', async (name, prepare) => {
      const parameters = await prepare(stage);
      expect(await page.execute(name, parameters)).toBe(operations.get(name));
      expect(page.complaints).toEqual([]);
    });
  });

  it('a call is refused where no key was entered', async () => {
    const page = await openDocs();
    expect(await page.execute('GET /admin/config', {})).toBe(401);
    expect(page.complaints).toEqual([expect.stringContaining('401')]);
    await page.close();
  });

  describe('the queue’s page', () => {
    const PASSWORD = { httpCredentials: { username: 'me', password: KEY } };

    it.each([
      ['the key in the header', { extraHTTPHeaders: { 'x-api-key': KEY } }],
      ['the key as the password', PASSWORD],
    ])('opens with %s', async (_, options) => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      const complaints = complaintsOf(page);
      expect((await page.goto(`${url}/admin/queues`))?.status()).toBe(200);
      await page.getByText('messages').first().waitFor();
      // The page's one wish that is refused, see security-headers.ts.
      expect(complaints.filter((text) => !text.includes('https://fonts.googleapis.com'))).toEqual([]);
      await takePicture(page, 'queues');
      await context.close();
    });

    it('asks for the password without', async () => {
      const page = await browser.newPage();
      // The question's result in a browser without a user.
      await expect(page.goto(`${url}/admin/queues`)).rejects.toThrow('ERR_INVALID_AUTH_CREDENTIALS');
      await page.close();
    });
  });
});

function operationsFor(scheme: string, { paths }: Document): Map<string, number> {
  return new Map(
    Object.entries(paths)
      .filter(([path]) => !HAVE_THEIR_OWN_TESTS.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, { security = [] }]) => security.some((each) => scheme in each))
          .map(([method, { responses }]): [string, number] => [
            `${method.toUpperCase()} ${path}`,
            Number(Object.keys(responses).find((status) => status.startsWith('2'))),
          ]),
      ),
  );
}
