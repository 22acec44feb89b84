import { resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { freePort } from './support/free-port';
import { KEY, OperatorStage, PHONE } from './support/operator-stage';

const SCRIPT = resolve(__dirname, '../scripts/mcp.mjs');
const SECRET = 'webhook-secret-1';

describe('npm run mcp', () => {
  let stage: OperatorStage;
  const clients: Client[] = [];

  beforeAll(async () => {
    stage = await OperatorStage.start({ WEBHOOK_SECRET: SECRET });
  });
  beforeEach(() => stage.client.flushall());
  afterEach(() => Promise.all(clients.splice(0).map((client) => client.close())));
  afterAll(() => stage.stop());

  /** An assistant whose server is a real child process. */
  async function assistant(url = stage.webhook.url, key = KEY): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' });
    clients.push(client);
    const args = [SCRIPT, '--url', url, '--key', key, '--secret', SECRET];
    await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'pipe' }));
    return client;
  }

  async function call(
    client: Client,
    name: string,
    args: Record<string, string>,
  ): Promise<{ isError: boolean; text: string; body: Record<string, unknown> }> {
    const { isError, content } = await client.callTool({ name, arguments: args });
    const [{ text }] = content as [{ text: string }];
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { isError: isError === true, text, body };
  }

  it('offers its tools, each with what it takes', async () => {
    const { tools } = await (await assistant()).listTools();
    expect(tools.map(({ name, inputSchema }) => [name, inputSchema.required ?? []])).toEqual([
      ['send_message', ['phone', 'text']],
      ['timeline', ['phone']],
      ['pending', []],
      ['flush', ['phone']],
    ]);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint).map(({ name }) => name)).toEqual([
      'timeline',
      'pending',
    ]);
  });

  it('writes as a customer, sees what waits, hands it off and tells what happened', async () => {
    const client = await assistant();
    for (const text of ['Запишите меня', 'на завтра'])
      expect((await call(client, 'send_message', { phone: `+${PHONE}`, text })).body).toMatchObject({
        success: true,
        conversationId: PHONE,
      });
    expect((await call(client, 'pending', {})).body).toMatchObject({ items: [{ phone: PHONE, size: 2 }] });
    const one = await call(client, 'pending', { phone: PHONE });
    expect(one.body.messages).toMatchObject([{ text: 'Запишите меня' }, { text: 'на завтра' }]);
    expect((await call(client, 'flush', { phone: PHONE })).body).toMatchObject({ flushed: { messages: 2 } });
    expect(await stage.nextJob()).toMatchObject({ text: 'Запишите меня на завтра', flushReason: 'manual' });
    const { body } = await call(client, 'timeline', { phone: PHONE });
    const kinds = (body.entries as { kind: string }[]).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['message', 'batch']));
  });

  it('says what the system refuses, so that the assistant can read it', async () => {
    const nothing = await call(await assistant(), 'flush', { phone: PHONE });
    expect([nothing.isError, nothing.body.status]).toEqual([true, 404]);
    const stranger = await call(await assistant(stage.webhook.url, 'a-guess-of-a-key'), 'pending', {});
    expect([stranger.isError, stranger.body.status]).toEqual([true, 401]);
  });

  it('says where nothing listens', async () => {
    const client = await assistant(`http://127.0.0.1:${await freePort()}`);
    const { isError, text } = await call(client, 'pending', {});
    expect([isError, text]).toEqual([true, expect.stringMatching(/^No answer from .* \(ECONNREFUSED\)/)]);
  });
});
