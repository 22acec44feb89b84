import { AssistantStage, type StandInRecord } from './support/assistant-stage';
import { eventually, STUCK_MS } from './support/eventually';

interface ModelState {
  calls: object[];
  /** When it was left before its answer, ms. */
  left: number[];
}

/** A busy machine's. Of a quiet one it is a tenth of a second. */
const SOON_MS = 10_000;
const BARI = 3413963;
const FRAGMENTS = ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'];

describe('the assistant, with the recorded conversation', () => {
  let stage: AssistantStage;

  beforeAll(async () => (stage = await AssistantStage.start({ BATCH_TIMEOUT: '1500' })));
  afterAll(() => stage.stop());

  it('makes one reply and one booking of four fragments', async () => {
    for (const fragment of FRAGMENTS) await stage.stage.write('79001000001', fragment);
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual(['Записали вас: Стрижка мужская, Бари, 18:00. До встречи!']);
    expect(await stage.bookings()).toMatchObject([
      {
        staff_id: BARI,
        datetime: expect.stringContaining('T18:00:00') as string,
        client: { phone: '79001000001' },
      },
    ]);
  });

  it('offers other times to whoever comes second', async () => {
    await stage.stage.write('79001000002', FRAGMENTS.join(' '));
    await stage.stage.gateway.hears(2, STUCK_MS);
    expect(stage.replies.at(-1)).toBe('Это время занято. Свободно: 16:00, 17:00, 19:00. Что вам подойдёт?');
    expect(await stage.bookings()).toHaveLength(1);
  });

  it('knows in the next turn what was said in this one', async () => {
    await stage.stage.write('79001000002', 'Тогда в 19:00');
    await stage.stage.gateway.hears(3, STUCK_MS);
    expect(stage.replies.at(-1)).toBe('Записали вас: Стрижка мужская, Бари, 19:00. До встречи!');
    expect(await stage.bookings()).toHaveLength(2);
  });

  it('books once though YClients’ answer is lost', async () => {
    await stage.yclients.tell('faults', { on: 'POST /api/v1/records', times: 2, lost: true });
    await stage.stage.write('79001000003', 'На стрижку завтра в 10:00 к Сергею');
    await stage.stage.gateway.hears(4, STUCK_MS);
    expect(await stage.bookings()).toHaveLength(3);
    expect(await stage.yclients.state()).toMatchObject({ created: 3, faults: 1 });
  });
});

describe('the assistant, while messages supersede', () => {
  let stage: AssistantStage;

  beforeAll(async () => {
    stage = await AssistantStage.start({
      ...{ BATCH_TIMEOUT: '3000', BUSY_POLICY: 'supersede', PREEMPTIVE_START: '200' },
    });
  });
  /** Only an abort ends the model's thinking within a test. */
  beforeEach(() => stage.model.tell('pace', { thinkMs: STUCK_MS }));
  afterAll(() => stage.stop());

  const modelState = (): Promise<ModelState> => stage.model.state<ModelState>();

  /** Resolves once the model thinks about one more call, with what it was left by before. */
  async function thinking(write: () => Promise<void>): Promise<ModelState> {
    const before = await modelState();
    await write();
    await eventually('the model to think', modelState, ({ calls }) => calls.length > before.calls.length);
    return before;
  }

  /** How long after `cause` the model was left, ms; from then on it answers at once. */
  async function leftAfter(before: ModelState, cause: () => Promise<unknown>): Promise<number> {
    const at = Date.now();
    await cause();
    const { left } = await eventually(
      'the model to be left',
      modelState,
      (now) => now.left.length > before.left.length,
      STUCK_MS,
    );
    await stage.model.tell('pace', { thinkMs: 0 });
    return (left[before.left.length] ?? Infinity) - at;
  }

  it('changes the one booking if a fragment comes while the model thinks, and leaves the model’s call at once', async () => {
    const before = await thinking(() =>
      stage.stage.write('79001000001', 'Запишите на стрижку завтра в 18:00 к Бари'),
    );
    const leftMs = await leftAfter(before, () => stage.stage.write('79001000001', 'Нет, лучше в 17:00'));
    expect(leftMs).toBeLessThan(SOON_MS);
    await stage.stage.gateway.hears(1, STUCK_MS);
    const bookings = await stage.bookings();
    expect(bookings.map(({ datetime }: StandInRecord) => datetime.slice(11, 16))).toEqual(['17:00']);
    expect(stage.replies).toEqual(['Записали вас: Стрижка мужская, Бари, 17:00. До встречи!']);
  });

  it('leaves the model’s call at once if the worker dies, and answers all the same', async () => {
    const before = await thinking(() => stage.stage.write('79001000002', 'Добрый день'));
    const [worker] = stage.stage.workers;
    expect(await leftAfter(before, () => worker?.kill() ?? Promise.resolve())).toBeLessThan(SOON_MS);
    await stage.stage.addWorker();
    await stage.stage.gateway.hears(2, STUCK_MS);
    expect(stage.replies.at(-1)).toBe('Вы написали: Добрый день');
  });
});
