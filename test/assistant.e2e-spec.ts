import { AssistantStage, type ModelState, type StandInRecord } from './support/assistant-stage';
import { eventually, STUCK_MS } from './support/eventually';

/** Well before `BOT_TIMEOUT` would end the call. `npm run bench` measures it. */
const SOON_MS = 10_000;
const BARI = 3413963;
/** By how it begins; in base64 larger than `BODY_LIMIT`, which a call's pictures do not count towards. */
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(4 * 1024 ** 2)]);
const FRAGMENTS = ['Запишите на стрижку меня', 'На завтра', 'В 18:00', 'К Бари'];

describe('the assistant, with the recorded conversation', () => {
  let stage: AssistantStage;

  beforeAll(async () => {
    const pictures = { BOT_PICTURES: '1', BOT_PICTURE_MAX_BYTES: '5mb' };
    stage = await AssistantStage.start({ BATCH_TIMEOUT: '1500', ...pictures });
  });
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

  it('shows a customer’s picture to the model', async () => {
    const { gateway, customers } = stage.stage;
    const sent = gateway.answer;
    gateway.answer = (heard, response) =>
      heard.method === 'GET' ? response.end(JPEG) : sent(heard, response);
    const media = { url: `${gateway.url}/pictures/1.jpg`, mimeType: 'image/jpeg' };
    await customers.message('79001000004', 'Так можно?', { type: 'image', media });
    await eventually(
      'the reply',
      () => Promise.resolve(stage.replies),
      (replies) => replies.includes('Вы написали: Так можно?\n[a picture]'),
    );
    const { calls } = await stage.model.state<ModelState>();
    const [, shown] = calls.at(-1)?.messages.at(-1)?.content as { image_url?: { url: string } }[];
    expect(shown?.image_url?.url === `data:image/jpeg;base64,${JPEG.toString('base64')}`).toBe(true);
  });
});

describe('the assistant, while messages supersede', () => {
  let stage: AssistantStage;

  beforeAll(async () => {
    const turns = { BATCH_TIMEOUT: '3000', BUSY_POLICY: 'supersede', PREEMPTIVE_START: '200' };
    // Only an abort ends the model's thinking within a test.
    stage = await AssistantStage.start(turns, { THINK_MS: String(STUCK_MS) });
  });
  afterAll(() => stage.stop());

  it('changes the one booking if a fragment comes while the model thinks, and leaves the model’s call at once', async () => {
    const before = await stage.thinking(() =>
      stage.stage.write('79001000001', 'Запишите на стрижку завтра в 18:00 к Бари'),
    );
    const leftMs = await stage.leftAfter(before, () =>
      stage.stage.write('79001000001', 'Нет, лучше в 17:00'),
    );
    expect(leftMs).toBeLessThan(SOON_MS);
    await stage.stage.gateway.hears(1, STUCK_MS);
    const bookings = await stage.bookings();
    expect(bookings.map(({ datetime }: StandInRecord) => datetime.slice(11, 16))).toEqual(['17:00']);
    expect(stage.replies).toEqual(['Записали вас: Стрижка мужская, Бари, 17:00. До встречи!']);
  });
});
