import { ToolStage } from '../../testing/tool-stage';

const BARI = { id: 3413963, name: 'Бари' };

/** What went wrong in the predecessor's bookings, each by its name. */
describe('a recorded failure', () => {
  let stage: ToolStage;

  beforeEach(async () => (stage = await ToolStage.start()));
  afterEach(() => stage.stop());

  const wish = (changed: object = {}): object => ({
    ...{ service: 'стрижку', staff: 'Бари', date: stage.tomorrow, time: '18:00' },
    ...changed,
  });

  it('staff_id is missing: a booking without one cannot be planned', async () => {
    await expect(stage.call('book', wish({ staff: undefined }))).rejects.toThrow();
    for (const staff of ['', 'Зигфрид', 'last']) {
      const draft = stage.draft();
      await stage.call('book', wish({ staff }), draft).catch(() => undefined);
      expect([staff, draft.outcome.acts]).toEqual([staff, []]);
    }
  });

  it.each([
    ['by name', 'Бари', {}],
    ['by name, in another case', 'бари', {}],
    ['by "last", from what is known', 'last', { staff: BARI }],
    ['as an id that the model made up: asked for instead', '3413964', {}],
    ['by service, if they do not mind', 'any', {}],
  ])(
    'staff_id is not resolved: it is resolved %s, before anything is sent',
    async (_, staff, preferences) => {
      const draft = stage.draft('79001000001', { preferences });
      await stage.call('book', wish({ staff }), draft);
      const [act] = draft.outcome.acts;
      if (/^\d+$/.test(staff)) expect(act).toBeUndefined();
      else expect(act?.input).toMatchObject({ staff: { id: expect.any(Number) as number } });
      if (staff === 'last') expect(act?.input).toMatchObject({ staff: BARI });
      expect(await stage.bookings()).toEqual([]);
    },
  );

  it('parameters in the wrong place: they have names only, and a list of them is refused', async () => {
    const { service, staff, date, time } = wish() as Record<string, string>;
    await expect(stage.call('book', [service, staff, date, time])).rejects.toThrow();
    await expect(stage.call('book', { ...wish(), date: time, time: date })).rejects.toThrow();
  });

  it.each(['завтра', '2026-13-1', '01.12.2026', '18:00'])('a day that is none, “%s”, is refused', (date) =>
    expect(stage.call('book', wish({ date }))).rejects.toThrow(),
  );

  it('the slot is taken: the three nearest free times are offered, and nothing is planned', async () => {
    await stage.salon.tell('take', { staff_id: BARI.id, datetime: `${stage.tomorrow}T18:00:00+03:00` });
    const draft = stage.draft();
    expect(await stage.call('book', wish(), draft)).toEqual({
      ...{ problem: 'that time is taken', free: ['16:00', '17:00', '19:00'] },
    });
    expect(draft.outcome.acts).toEqual([]);
  });

  it('YClients refuses the booking: a sentence in the customer’s language, and no second try', async () => {
    const draft = stage.draft();
    await stage.call('book', wish(), draft);
    await stage.salon.tell('faults', { on: 'POST /api/v1/records', times: 1, status: 422 });
    expect(await stage.commit(draft)).toEqual([
      { kind: 'refused', reply: expect.stringContaining('записать не получилось') as string },
    ]);
    expect(await stage.bookings()).toEqual([]);
  });

  it('the booking is made twice: the same turn books once, whoever repeats it', async () => {
    const draft = stage.draft();
    await stage.call('book', wish(), draft);
    await stage.call('book', wish({ time: '17:00' }), draft);
    for (let i = 0; i < 3; i += 1) await stage.commit(draft);
    expect(
      (await stage.bookings()).map(({ staff_id, datetime }) => [staff_id, datetime.slice(11, 16)]),
    ).toEqual([[BARI.id, '17:00']]);
  });

  it('the answer of YClients is lost: the second try finds the first one’s booking', async () => {
    const draft = stage.draft();
    await stage.call('book', wish(), draft);
    await stage.salon.tell('faults', { on: 'POST /api/v1/records', times: 1, lost: true });
    await expect(stage.commit(draft)).rejects.toThrow();
    await stage.commit(draft);
    expect(await stage.bookings()).toHaveLength(1);
  });

  describe('of a move', () => {
    it('twice: the one booking is there once, at its new time', async () => {
      const recordId = await stage.booked();
      const draft = stage.draft();
      await stage.call('move_booking', { recordId, date: stage.tomorrow, time: '17:00' }, draft);
      await stage.salon.tell('faults', { on: 'PUT /api/v1/record', times: 1, lost: true });
      await expect(stage.commit(draft)).rejects.toThrow();
      for (let i = 0; i < 2; i += 1) expect(await stage.commit(draft)).toEqual([{ kind: 'done' }]);
      const [only, ...others] = await stage.bookings();
      expect([only?.id, only?.datetime.slice(11, 16), others]).toEqual([recordId, '17:00', []]);
    });

    it('to a taken slot: alternatives, and the booking stays where it was', async () => {
      const recordId = await stage.booked();
      await stage.booked('17:00', '79001000002');
      expect(
        await stage.call('move_booking', { recordId, date: stage.tomorrow, time: '17:00' }),
      ).toMatchObject({ problem: 'that time is taken', free: ['15:00', '16:00', '19:00'] });
    });

    it('to a slot that is taken before the commit: alternatives in the customer’s language', async () => {
      const recordId = await stage.booked();
      const draft = stage.draft();
      await stage.call('move_booking', { recordId, date: stage.tomorrow, time: '17:00' }, draft);
      await stage.booked('17:00', '79001000002');
      const [outcome] = await stage.commit(draft);
      expect(outcome).toMatchObject({
        kind: 'refused',
        reply: expect.stringContaining('Свободно: 15:00') as string,
      });
      expect((await stage.bookings()).find(({ id }) => id === recordId)?.datetime).toContain('T18:00');
    });
  });

  describe('of a cancellation', () => {
    const asked = (recordId: number): { exchanges: object[] } => ({
      exchanges: [{ at: 1, customer: 'Отмените', assistant: 'Точно?', asked: [`cancel ${recordId}`] }],
    });

    it('without asking: the first call only makes the model ask', async () => {
      const recordId = await stage.booked();
      const draft = stage.draft();
      for (let i = 0; i < 2; i += 1)
        expect(await stage.call('cancel_booking', { recordId }, draft)).toHaveProperty('problem');
      expect(draft.outcome).toMatchObject({ acts: [], asked: [`cancel ${recordId}`] });
    });

    it('after another question: it is asked anew', async () => {
      const recordId = await stage.booked();
      const { exchanges } = asked(recordId + 1);
      const draft = stage.draft('79001000001', { exchanges: exchanges as never });
      expect(await stage.call('cancel_booking', { recordId }, draft)).toHaveProperty('problem');
    });

    it('twice: what is gone is cancelled', async () => {
      const recordId = await stage.booked();
      const draft = stage.draft('79001000001', asked(recordId) as never);
      await stage.call('cancel_booking', { recordId }, draft);
      await stage.salon.tell('faults', { on: 'DELETE /api/v1/record', times: 1, lost: true });
      await expect(stage.commit(draft)).rejects.toThrow();
      expect(await stage.commit(draft)).toEqual([{ kind: 'done' }]);
      expect(await stage.bookings()).toEqual([]);
    });
  });
});
