import { Consumption } from './consumption';

const fail = (error: unknown): never => {
  throw error;
};
const JOB = (): Promise<string> => Promise.resolve('job');
const FAILURE = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }));

describe('a consumer', () => {
  let nowMs: number;
  let consumption: Consumption;

  beforeEach(() => {
    nowMs = 1_000;
    consumption = new Consumption(() => nowMs);
  });

  it('is well before it asks, and while its questions are answered', async () => {
    expect(consumption.trouble).toBeNull();
    await consumption.watch(JOB);
    nowMs += 60_000;
    expect(consumption.trouble).toBeNull();
  });

  it('takes no jobs where asking has failed for a while, until it is answered', async () => {
    await expect(consumption.watch(FAILURE)).rejects.toThrow('gone');
    expect(consumption.trouble).toBeNull();
    nowMs += 4_000;
    await expect(consumption.watch(FAILURE)).rejects.toThrow('gone');
    nowMs += 1_000;
    expect(consumption.trouble).toBe('ECONNRESET');
    expect(consumption.findings).toEqual([
      expect.objectContaining({
        code: 'not-consuming',
        check: expect.stringContaining('It says: ECONNRESET') as string,
      }),
    ]);
    await consumption.watch(JOB);
    expect([consumption.trouble, consumption.findings]).toEqual([null, []]);
  });

  it('takes no jobs where it cannot wait for them, however well a wait ends', async () => {
    await expect(consumption.noteFailure(FAILURE)).rejects.toThrow('gone');
    nowMs += 5_000;
    await consumption.noteFailure(JOB);
    expect(consumption.trouble).toBe('ECONNRESET');
  });

  it('takes no jobs where it gets no answer at all', () => {
    consumption.watch(() => new Promise(() => undefined)).catch(fail);
    nowMs += 5_000;
    expect(consumption.trouble).toBe('no answer');
  });
});
