import { eventually } from './support/eventually';
import { StandIn } from './support/stand-in';
import { says, VoiceStage } from './support/voice-stage';

describe('a voice note', () => {
  let voices: VoiceStage;

  // Longer than a worker that has died is waited for, by far.
  beforeAll(async () => (voices = await VoiceStage.start({ TRANSCRIBE_TIMEOUT: '40000' })));
  afterAll(() => voices.stop());

  it('is transcribed by another worker when the one that has it in hand dies', async () => {
    // Which transcriber is asked says which worker has it.
    const other = await StandIn.start();
    other.answer = () => undefined;
    await voices.stage.addWorker({ TRANSCRIBE_URL: other.url });
    const speaker = voices.next(() => undefined);
    await speaker.speak();
    const worker = await eventually(
      'a worker that listens',
      () => Promise.resolve([voices.transcriber, other].findIndex(({ heard }) => heard.length > 0)),
      (found) => found >= 0,
    );
    speaker.transcriber = other.answer = says('и всё-таки');
    await voices.stage.workers[worker]?.kill();
    expect(await speaker.merged()).toMatchObject({ text: 'и всё-таки' });
    await other.stop();
    await eventually(
      'balanced accounts',
      () => voices.stage.customers.get('/webhook/whatsapp/batched/stats'),
      ({ body: { balance, messages } }) => balance === 0 && messages === 0,
    );
  });
});
