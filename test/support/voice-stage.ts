import type { MergedMessage } from '@app/contracts';
import { BotStage } from './bot-stage';
import { type Customer, Customers } from './customers';
import { eventually } from './eventually';
import { type Answerer, type Heard, sendJson, StandIn } from './stand-in';

/** A transcriber that hears this. */
export const says =
  (text: string): Answerer =>
  (_, response) =>
    sendJson(response, 200, { text });

/** Customers who speak, whose files are at WAHA, and a transcriber that does something else about each of them. */
export class VoiceStage {
  private readonly speakers: Speaker[] = [];
  private lastId = 0;

  private constructor(
    readonly stage: BotStage,
    readonly transcriber: StandIn,
    private readonly customers: Customers,
  ) {
    transcriber.answer = (heard, response) => this.speakerIn(heard)?.transcriber(heard, response);
  }

  static async start(variables: Record<string, string>): Promise<VoiceStage> {
    const transcriber = await StandIn.start();
    const stage = await BotStage.start({
      TRANSCRIBE_URL: `${transcriber.url}/v1/audio/transcriptions`,
      TRANSCRIBE_API_KEY: 'transcriber-key',
      MAX_TURNS_PER_HOUR: '0',
      ...variables,
    });
    return new VoiceStage(stage, transcriber, new Customers(stage));
  }

  /** One who has not written yet. */
  next(transcriber: Answerer): Speaker {
    const customer = this.customers.next((_, response) => sendJson(response, 200, {}));
    const speaker = new Speaker(this, customer, transcriber);
    this.speakers.push(speaker);
    return speaker;
  }

  /** WhatsApp's ids are unique over all customers. */
  nextId(): string {
    return String((this.lastId += 1)).padStart(10, '0');
  }

  async stop(): Promise<void> {
    await this.stage.stop();
    await this.transcriber.stop();
  }

  private speakerIn({ body }: Heard): Speaker | undefined {
    return this.speakers.find(({ customer: { phone } }) => body.includes(phone));
  }
}

export class Speaker {
  constructor(
    private readonly stage: VoiceStage,
    readonly customer: Customer,
    public transcriber: Answerer,
  ) {
    // The bytes say whose they are.
    customer.gateway = (_, response) => response.end(`OggS of ${customer.phone}`);
  }

  /** What the transcriber has been asked so far. */
  get heard(): Heard[] {
    return this.stage.transcriber.heard.filter(({ body }) => body.includes(this.customer.phone));
  }

  /** A fragment of the same conversation: one by another gateway's account would be another's. */
  async write(body: string): Promise<void> {
    await this.post(this.payload({ body, hasMedia: false, _data: { type: 'chat' } }));
  }

  /** Posts a voice note, and returns it; the same one again if it is given. */
  async speak(note = this.note()): Promise<object> {
    await this.post(note);
    return note;
  }

  /** What the bot is given, first of all or later. */
  async merged(call = 1): Promise<MergedMessage> {
    const calls = await this.customer.called(call);
    return JSON.parse(calls[call - 1]?.body ?? '') as MergedMessage;
  }

  /** Why its notes have no words, as the timeline says. */
  async missingWords(): Promise<unknown[]> {
    const { body } = await this.stage.stage.customers.get(
      `/admin/conversations/${this.customer.phone}/timeline`,
    );
    const entries = body.entries as { kind: string; reason?: string; mend: string | null }[];
    return entries.filter(({ kind }) => kind === 'transcript').map(({ reason }) => reason);
  }

  /** Resolves once the transcriber has been asked. */
  async isListenedTo(): Promise<void> {
    await eventually(
      'the transcriber to be asked',
      () => Promise.resolve(this.heard.length),
      (calls) => calls > 0,
    );
  }

  private async post(body: object): Promise<void> {
    expect(await this.stage.stage.customers.post('/webhook/waha', body)).toMatchObject({ status: 200 });
  }

  /** WAHA names the file by the host as which it knows itself. */
  note(url = `http://localhost:3000/api/files/default/${this.customer.phone}.oga`): object {
    const media = { url, mimetype: 'audio/ogg; codecs=opus' };
    return this.payload({ body: '', hasMedia: true, media, _data: { type: 'ptt' } });
  }

  /** As WAHA posts it. */
  private payload(content: object): object {
    const chatId = `${this.customer.phone}@c.us`;
    const id = `false_${chatId}_3EB0C0FFEE${this.stage.nextId()}`;
    const about = { id, timestamp: Math.floor(Date.now() / 1000), from: chatId, fromMe: false };
    return { event: 'message', session: 'default', payload: { ...about, ...content } };
  }
}
