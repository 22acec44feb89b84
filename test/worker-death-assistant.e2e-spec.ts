import { AssistantStage } from './support/assistant-stage';
import { STUCK_MS } from './support/eventually';

/** Well before `BOT_TIMEOUT` would end the call. */
const SOON_MS = 10_000;

describe('the assistant', () => {
  let stage: AssistantStage;

  // Only an abort ends the model's thinking within a test.
  beforeAll(async () => (stage = await AssistantStage.start({}, { THINK_MS: String(STUCK_MS) })));
  afterAll(() => stage.stop());

  it('leaves the model’s call at once if the worker dies, and answers all the same', async () => {
    const before = await stage.thinking(() => stage.stage.write('79001000001', 'Добрый день'));
    const [worker] = stage.stage.workers;
    expect(await stage.leftAfter(before, () => worker?.kill() ?? Promise.resolve())).toBeLessThan(SOON_MS);
    await stage.stage.addWorker();
    await stage.stage.gateway.hears(1, STUCK_MS);
    expect(stage.replies).toEqual(['Вы написали: Добрый день']);
  });
});
