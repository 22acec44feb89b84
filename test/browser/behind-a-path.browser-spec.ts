import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { driveAsShipped } from '../support/app-process';
import { BotStage } from '../support/bot-stage';
import { sendJson } from '../support/stand-in';
import { startChromium } from './chromium';
import { LivePage } from './live-page';

driveAsShipped();

const KEY = 'a-key-for-acts';
const PATH = '/chat';

/** A proxy that serves a webhook below a path, and answers nothing else. */
async function proxyOf(url: string): Promise<Server> {
  const { port } = new URL(url);
  const server = createServer((incoming, response) => {
    const { url: path = '', method, headers } = incoming;
    if (!path.startsWith(`${PATH}/`)) {
      response.writeHead(404).end();
      return;
    }
    const passed = ask({ port, path: path.slice(PATH.length), method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('the live page behind a proxy that serves it below a path', () => {
  let browser: Browser;
  let stage: BotStage;
  let proxy: Server;
  let url: string;

  beforeAll(async () => {
    browser = await startChromium();
    stage = await BotStage.start({ ADMIN_API_KEY: KEY });
    stage.bot.answer = (_, response) => sendJson(response, 200, { reply: 'an answer' });
    proxy = await proxyOf(stage.webhook.url);
    url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${PATH}`;
  });
  afterAll(async () => {
    await browser.close();
    proxy.closeAllConnections();
    await new Promise((resolve) => proxy.close(resolve));
    await stage.stop();
  });

  it('is loaded, looks and acts', async () => {
    const live = await LivePage.open(browser, url);
    await live.enter(KEY);
    await live.write('Hello');
    await live.line('an answer').waitFor();
    await live.confirm('Mute');
    await live.says('Muted for an hour');
    expect(live.complaints.filter((text) => !text.includes('401'))).toEqual([]);
    await live.close();
  });

  it('is found with a slash at its end, too', async () => {
    const live = await LivePage.open(browser, url);
    await live.page.goto(`${url}/live/`);
    await live.page.locator('input[name=key]').waitFor();
    expect(new URL(live.page.url()).pathname).toBe(`${PATH}/live`);
    await live.close();
  });
});
