import { gzipSync } from 'node:zlib';
import { BotStage } from './support/bot-stage';
import { Customers } from './support/customers';
import { eventually } from './support/eventually';
import { sideBySide } from './support/side-by-side';

interface Answer {
  body: string | Buffer;
  type?: string;
  encoding?: string;
  /** What the customer is sent; none: it is not understood, and said so. */
  sent: string[];
}

/** Bots' answers of cases that users have reported, by their numbers, and what else workflows answer. */
const ANSWERS: Record<string, Answer> = {
  'a list with our own words (034)': { body: '[{"reply":"from n8n"}]', sent: ['from n8n'] },
  'behind a byte order mark (035)': { body: '\uFEFF{"reply":"from php"}', sent: ['from php'] },
  'compressed (036)': {
    body: gzipSync('{"reply":"compressed"}'),
    encoding: 'gzip',
    sent: ['compressed'],
  },
  'plain text (037a)': { body: 'Hello there', type: 'text/plain', sent: ['Hello there'] },
  'the output of an agent (037b)': { body: '{"output":"from an agent node"}', sent: ['from an agent node'] },
  'objects in place of texts (037c)': {
    body: '{"replies":[{"text":"one"},{"text":"two"}]}',
    sent: ['one', 'two'],
  },
  'a login page (037d)': { body: '<html><body>Please log in</body></html>', type: 'text/html', sent: [] },
  'all items of an agent, behind a byte order mark, compressed': {
    body: gzipSync('\uFEFF[{"output":"one"},{"output":"two"}]'),
    encoding: 'gzip',
    sent: ['one', 'two'],
  },
  'a text that is called a page': { body: 'Hello there', type: 'text/html', sent: ['Hello there'] },
  'that the workflow was started': { body: '{"message":"Workflow was started"}', sent: [] },
};

describe.each(['hold', 'supersede'])('what a workflow of n8n answers, where BUSY_POLICY is %s', (policy) => {
  let stage: BotStage;
  let customers: Customers;

  beforeAll(async () => {
    stage = await BotStage.start({ BOT_PRESET: 'n8n', BUSY_POLICY: policy });
    customers = new Customers(stage);
  });
  afterAll(() => stage.stop());

  async function isAnswered({ body, type = 'application/json', encoding, sent }: Answer): Promise<void> {
    const headers = { 'content-type': type, ...(encoding !== undefined && { 'content-encoding': encoding }) };
    const customer = customers.next((_, response) => response.writeHead(200, headers).end(body));
    await customer.write('hello');
    const jobs = await eventually(
      'the end of its delivery',
      () => stage.queue.getCompleted(),
      (completed) => completed.some(({ data }) => data.conversationId === customer.phone),
    );
    const { id = '' } = jobs.find(({ data }) => data.conversationId === customer.phone) ?? {};
    const texts = customer.replies.map((reply) => (JSON.parse(reply.body) as { text: string }).text);
    const warned = stage.workers[0]?.lines.some(
      (line) => line.includes('not understood') && line.includes(id),
    );
    expect([texts, warned]).toEqual([sent, sent.length === 0]);
  }

  sideBySide(
    Object.fromEntries(Object.entries(ANSWERS).map(([name, answer]) => [name, () => isAnswered(answer)])),
  );
});
