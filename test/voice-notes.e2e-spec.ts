import { sideBySide } from './support/side-by-side';
import { sendJson } from './support/stand-in';
import { says, VoiceStage } from './support/voice-stage';

/** Long enough for a busy machine to fetch and to ask: only one test is about its end. */
const TIMEOUT_MS = 15_000;

describe('a voice note', () => {
  let voices: VoiceStage;

  beforeAll(async () => {
    voices = await VoiceStage.start({ TRANSCRIBE_TIMEOUT: String(TIMEOUT_MS), BATCH_TIMEOUT: '4000' });
  });
  afterAll(() => voices.stop());

  sideBySide({
    'is waited for as long as TRANSCRIBE_TIMEOUT, and no longer': async () => {
      const speaker = voices.next(() => undefined);
      await speaker.speak();
      const { messages, flushedAt } = await speaker.merged();
      expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'timeout' } });
      expect(await speaker.missingWords()).toEqual(['timeout']);
      expect(flushedAt - (messages[0]?.receivedAt ?? 0)).toBeGreaterThanOrEqual(TIMEOUT_MS - 1_000);
    },

    'joins its words to the fragments around it, in their order': async () => {
      const speaker = voices.next(
        (heard, response) => void setTimeout(() => says('на завтра в шесть')(heard, response), 1_500),
      );
      await speaker.write('Запишите меня');
      await speaker.speak();
      await speaker.write('к Бари');
      const { text, messages } = await speaker.merged();
      expect(text).toBe('Запишите меня на завтра в шесть к Бари');
      expect(messages.map(({ transcript }) => transcript)).toEqual([undefined, { made: true }, undefined]);
      expect(messages[1]).toMatchObject({ type: 'voice', text: 'на завтра в шесть' });
      const { phone } = speaker.customer;
      const [file] = voices.stage.gateway.heard.filter(
        ({ path }) => path === `/api/files/default/${phone}.oga`,
      );
      expect(file?.headers['x-api-key']).toBe('waha-key');
      const [asked] = speaker.heard;
      expect(asked?.headers.authorization).toBe('Bearer transcriber-key');
      expect(asked?.body).toContain(`OggS of ${phone}`);
      // Nobody but its gateway is shown the gateway's key.
      expect(JSON.stringify(asked)).not.toContain('waha-key');
    },

    'is transcribed once, though it is delivered twice': async () => {
      const speaker = voices.next(says('на завтра'));
      await speaker.speak(await speaker.speak());
      expect(await speaker.merged()).toMatchObject({ text: 'на завтра', messageCount: 1 });
      expect(speaker.heard).toHaveLength(1);
    },

    'is tried again while its transcriber is away for a moment': async () => {
      const speaker = voices.next((heard, response) =>
        speaker.heard.length < 3 ? sendJson(response, 503, {}) : says('теперь')(heard, response),
      );
      await speaker.speak();
      expect(await speaker.merged()).toMatchObject({ text: 'теперь' });
    },

    'goes without words where its transcriber stays away, which is another reason': async () => {
      const speaker = voices.next((_, response) => sendJson(response, 503, {}));
      await speaker.speak();
      const { messages } = await speaker.merged();
      expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'transcriber-away' } });
      expect(await speaker.missingWords()).toEqual(['transcriber-away']);
    },

    'is not waited for where nobody can get at its file, and says so': async () => {
      const speaker = voices.next(says('nothing'));
      await speaker.speak(speaker.note('https://mmg.whatsapp.net/v/1.enc'));
      const { messages } = await speaker.merged();
      expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'no-way' } });
      expect(await speaker.missingWords()).toEqual(['no-way']);
    },

    'goes without words as soon as they are refused, and says why': async () => {
      const speaker = voices.next((_, response) => sendJson(response, 401, {}));
      await speaker.write('слышно?');
      await speaker.speak();
      const { text, messages, conversationId } = await speaker.merged();
      expect(text).toBe('слышно?');
      expect(messages[1]).toMatchObject({ type: 'voice', transcript: { made: false, why: 'refused' } });
      expect(speaker.heard).toHaveLength(1);
      const warned = voices.stage.workers
        .flatMap(({ lines }) => lines)
        .filter((line) => line.includes('without words') && line.includes(conversationId));
      expect(warned).toHaveLength(1);
    },

    'goes without words where its file is not there': async () => {
      const speaker = voices.next(says('nothing'));
      speaker.customer.gateway = (_, response) => response.writeHead(404).end();
      await speaker.speak();
      const { messages } = await speaker.merged();
      expect(messages[0]).toMatchObject({ transcript: { made: false, why: 'no-file' } });
      expect(speaker.heard).toEqual([]);
    },

    'keeps its words where it comes while the bot thinks': async () => {
      const speaker = voices.next(says('на завтра в шесть'));
      let release: () => void = () => undefined;
      speaker.customer.bot = (_, response) => {
        release = () => sendJson(response, 200, {});
      };
      await speaker.write('вопрос');
      await speaker.merged();
      await speaker.speak();
      await speaker.isListenedTo();
      speaker.customer.bot = (_, response) => sendJson(response, 200, {});
      release();
      expect(await speaker.merged(2)).toMatchObject({ text: 'на завтра в шесть' });
    },
  });
});
