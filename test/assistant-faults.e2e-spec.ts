import { AssistantStage } from './support/assistant-stage';
import { eventually, STUCK_MS } from './support/eventually';
import { send } from './support/http';

interface Calls {
  calls: { messages: { role: string; content: string }[] }[];
}

const BARI_AT_18 = 'Запишите на стрижку завтра в 18:00 к Бари';
const BOOKED = 'Записали вас: Стрижка мужская, Бари, 18:00. До встречи!';

describe('the assistant', () => {
  let stage: AssistantStage;

  beforeEach(async () => (stage = await AssistantStage.start({}, { THINK_MS: '500' })));
  afterEach(() => stage.stop());

  const calls = async (): Promise<Calls['calls']> => (await stage.model.state<Calls>()).calls;

  const thinks = (): Promise<unknown> => eventually('the model to think', calls, ({ length }) => length > 0);

  // Two messages 18 s apart, and a model that takes 35 s: the second turn began without the first one's words.
  it('the recorded loss of context, at a twentieth of its times: knows what was said in a turn that was at the model when the next message came', async () => {
    await stage.model.tell('pace', { thinkMs: 1_750 });
    await stage.stage.write('79001000001', 'Меня зовут Анна');
    await thinks();
    await stage.stage.write('79001000001', 'Вы открыты завтра?');
    await stage.stage.gateway.hears(2, STUCK_MS);
    const said = (await calls()).at(-1)?.messages.map(({ content }) => content);
    expect(said).toEqual([
      expect.stringContaining('Now it is'),
      'Меня зовут Анна',
      'Вы написали: Меня зовут Анна',
      'Вы открыты завтра?',
    ]);
  });

  it('books once though it is killed while the model thinks', async () => {
    await stage.stage.write('79001000001', BARI_AT_18);
    await thinks();
    await stage.assistant.restart();
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual([BOOKED]);
    expect(await stage.bookings()).toHaveLength(1);
  });

  it('books once though the worker is killed while the booking is made', async () => {
    await stage.yclients.tell('faults', { on: 'POST /api/v1/records', times: 1, lost: true });
    await stage.stage.write('79001000001', BARI_AT_18);
    await eventually(
      'the booking to be made',
      () => stage.bookings(),
      ({ length }) => length > 0,
    );
    const [worker] = stage.stage.workers;
    await worker?.kill();
    await stage.stage.addWorker();
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual([BOOKED]);
    expect(await stage.bookings()).toHaveLength(1);
  });

  it('tells the customer in their language if the time was taken between the answer and its commit', async () => {
    await stage.yclients.tell('faults', { on: 'GET /api/v1/records', times: 1, status: 503 });
    await stage.stage.write('79001000001', BARI_AT_18);
    await eventually(
      'the first try to book to fail',
      () => stage.yclients.state<{ faults: number }>(),
      ({ faults }) => faults === 0,
    );
    const tomorrow = new Date(Date.now() + 24 * 3600 * 1000);
    const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(tomorrow);
    await stage.yclients.tell('take', { staff_id: 3413963, datetime: `${day}T18:00:00+03:00` });
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual([
      'К сожалению, 18:00 только что заняли. Свободно: 16:00, 17:00, 19:00. Какое время подойдёт?',
    ]);
  });

  it.each([
    ['cannot be paid', { times: 2, status: 401 }],
    ['is overloaded', { times: 2, status: 429 }],
    ['is down', { times: 2, status: 503 }],
  ])('lets the message wait while the model %s, and answers it then', async (_, faults) => {
    await stage.model.tell('faults', faults);
    await stage.stage.write('79001000001', 'Добрый день');
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual(['Вы написали: Добрый день']);
  });

  it.each([
    ['says nothing', ''],
    ['loses its way', 'а'.repeat(100_000)],
  ])('leaves a dead letter for an operator if the model %s to one customer only', async (_, text) => {
    await stage.model.tell('faults', { about: 'странное', text });
    await stage.stage.write('79001000001', 'странное');
    let others = 0;
    const { body } = await eventually(
      'a dead letter',
      async () => {
        // A model that answers nobody would be away, and the message would wait for it.
        await stage.stage.write(`7900200${String((others += 1)).padStart(4, '0')}`, 'Добрый день');
        await stage.stage.gateway.hears(others, STUCK_MS);
        return send(`${stage.stage.webhook.url}/admin/dead-letters`);
      },
      ({ body: { items } }) => (items as object[] | undefined)?.length === 1,
      STUCK_MS,
    );
    expect(JSON.stringify(body)).toContain('the model said');
  });

  it('is called by nobody but the worker', async () => {
    const call = JSON.stringify({ batchId: 'b-1', text: 'hello' });
    const headers = { 'content-type': 'application/json' };
    expect(await send(stage.assistant.url, { method: 'POST', body: call, headers })).toMatchObject({
      status: 401,
    });
  });
});
