import { AssistantStage } from './support/assistant-stage';
import { eventually, STUCK_MS } from './support/eventually';

const [ANNA, BORIS] = ['79001000001', '79001000002'];

describe('a booking that is made by the assistant', () => {
  let stage: AssistantStage;

  beforeEach(async () => (stage = await AssistantStage.start()));
  afterEach(() => stage.stop());

  /** What the customer is answered. */
  async function say(phone: string, words: string): Promise<string | undefined> {
    const { length } = stage.replies;
    await stage.stage.write(phone, words);
    await stage.stage.gateway.hears(length + 1, STUCK_MS);
    return stage.replies.at(-1);
  }

  const times = async (): Promise<string[]> =>
    (await stage.bookings()).map(({ datetime }) => datetime.slice(11, 16)).sort();

  it('is moved; to a taken slot it is not, and the nearest free times are offered', async () => {
    await say(ANNA, 'Запишите на стрижку завтра в 18:00 к Бари');
    await say(BORIS, 'Запишите на стрижку завтра в 15:00 к Бари');
    expect(await say(ANNA, 'Перенесите на 15:00')).toBe(
      'Это время занято. Свободно: 13:00, 14:00, 16:00. Что вам подойдёт?',
    );
    expect(await times()).toEqual(['15:00', '18:00']);
    expect(await say(ANNA, 'Перенесите на 17:00')).toBe('Перенесли: Бари, 17:00. До встречи!');
    expect(await times()).toEqual(['15:00', '17:00']);
  });

  it('is cancelled in the turn after the one that asked, and only after a yes', async () => {
    await say(ANNA, 'Запишите на стрижку завтра в 18:00 к Бари');
    expect(await say(ANNA, 'Отмените запись')).toBe('Отменить запись: Стрижка мужская, Бари?');
    expect(await times()).toEqual(['18:00']);
    expect(await say(ANNA, 'Да')).toBe('Запись отменена.');
    expect(await times()).toEqual([]);
  });

  it.each([
    [
      'moved',
      'PUT /api/v1/record',
      ['Перенесите на 17:00'],
      'Перенесли: Бари, 17:00. До встречи!',
      ['17:00'],
    ],
    ['cancelled', 'DELETE /api/v1/record', ['Отмените запись', 'Да'], 'Запись отменена.', []],
  ])(
    'is %s once, and answered once, though the assistant and the worker are killed in between',
    async (_, on, words, answer, left) => {
      await say(ANNA, 'Запишите на стрижку завтра в 18:00 к Бари');
      for (const before of words.slice(0, -1)) await say(ANNA, before);
      await stage.yclients.tell('faults', { on, times: 1, lost: true });
      const { length } = stage.replies;
      await stage.stage.write(ANNA, words.at(-1) ?? '');
      await eventually('it to be changed', times, (now) => String(now) === String(left), STUCK_MS);
      await stage.assistant.kill();
      const [worker] = stage.stage.workers;
      await worker?.kill();
      await stage.assistant.restart();
      await stage.stage.addWorker();
      await stage.stage.gateway.hears(length + 1, STUCK_MS);
      expect(stage.replies.slice(length)).toEqual([answer]);
      expect(await times()).toEqual(left);
    },
  );
});
