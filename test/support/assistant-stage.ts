import { resolve } from 'node:path';
import { AppProcess } from './app-process';
import { BOT_SECRET, BotStage } from './bot-stage';
import { Child } from './child';
import { eventually, STUCK_MS } from './eventually';
import { freePort } from './free-port';
import { send } from './http';

export const MODEL_KEY = 'sk-test';

/** A program of `scripts/demo/stand-ins` as a process of its own. */
export class StandInProgram {
  private constructor(
    private readonly child: Child,
    readonly url: string,
  ) {}

  static async start(name: 'model' | 'yclients', env: Record<string, string> = {}): Promise<StandInProgram> {
    const program = resolve(__dirname, `../../scripts/demo/stand-ins/${name}.mjs`);
    const child = new Child(name, process.execPath, [program], { env: { PATH: process.env.PATH, ...env } });
    const [port] = /\d+$/.exec(await child.waitForLine(/^listening on/, STUCK_MS)) ?? [];
    return new StandInProgram(child, `http://127.0.0.1:${port}`);
  }

  /** What it tells of itself. */
  async state<T>(): Promise<T> {
    return (await send(`${this.url}/stand-in`)).body as T;
  }

  /** Sets it up. */
  async tell(path: string, body: object): Promise<void> {
    await send(`${this.url}/stand-in/${path}`, { method: 'PUT', body: JSON.stringify(body) });
  }

  stop(): Promise<void> {
    return this.child.kill();
  }
}

/** A booking as the stand-in of YClients has it. */
export interface StandInRecord {
  staff_id: number;
  datetime: string;
  deleted: boolean;
  client: { phone: string; name: string };
}

/** What the stand-in for the model tells of itself. */
export interface ModelState {
  calls: { messages: { role: string; content: unknown }[] }[];
  /** When it was left before its answer, ms. */
  left: number[];
}

/** The whole way: customer → webhook → batcher → worker → assistant → model and YClients → worker → gateway. */
export class AssistantStage {
  private constructor(
    readonly stage: BotStage,
    readonly assistant: AppProcess,
    readonly model: StandInProgram,
    readonly yclients: StandInProgram,
  ) {}

  /** @param variables of every process. @param model of the stand-in for the model. */
  static async start(
    variables: Record<string, string> = {},
    model: Record<string, string> = {},
  ): Promise<AssistantStage> {
    const [spoken, yclients] = await Promise.all([
      StandInProgram.start('model', { MODEL_KEY, ...model }),
      StandInProgram.start('yclients'),
    ]);
    const ASSISTANT_PORT = String(await freePort());
    const env = {
      AI_URL: `${spoken.url}/v1`,
      AI_MODEL: 'stand-in',
      AI_API_KEY: MODEL_KEY,
      AI_TIME_ZONE: 'Europe/Moscow',
      YCLIENTS_URL: `${yclients.url}/api/v1`,
      YCLIENTS_PARTNER_TOKEN: 'partner-token',
      YCLIENTS_USER_TOKEN: 'user-token',
      YCLIENTS_COMPANY_ID: '962302',
      BOT_URL: `http://127.0.0.1:${ASSISTANT_PORT}/`,
      ...variables,
    };
    const stage = await BotStage.start(env);
    const assistant = await AppProcess.start('assistant', {
      REDIS_URL: stage.redis.url,
      LOG_FORMAT: 'json',
      BOT_SECRET,
      ...env,
      ASSISTANT_PORT,
    });
    return new AssistantStage(stage, assistant, spoken, yclients);
  }

  /** The replies that came to the gateway. */
  get replies(): string[] {
    return this.stage.gateway.heard
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => (JSON.parse(body) as { text: string }).text);
  }

  /** The customers' bookings that stand. */
  async bookings(): Promise<StandInRecord[]> {
    const { records } = await this.yclients.state<{ records: StandInRecord[] }>();
    return records.filter(({ deleted }) => !deleted);
  }

  /** Resolves once the model thinks about one more call, with what it was left by before. */
  async thinking(write: () => Promise<void>): Promise<ModelState> {
    const before = await this.model.state<ModelState>();
    await write();
    await this.modelOnce('think', ({ calls }) => calls.length > before.calls.length);
    return before;
  }

  /** How long after `cause` the model was left, ms; from then on it answers at once. */
  async leftAfter(before: ModelState, cause: () => Promise<unknown>): Promise<number> {
    const at = Date.now();
    await cause();
    const { left } = await this.modelOnce('be left', (now) => now.left.length > before.left.length);
    await this.model.tell('pace', { thinkMs: 0 });
    return (left[before.left.length] ?? Infinity) - at;
  }

  private modelOnce(does: string, isSo: (state: ModelState) => boolean): Promise<ModelState> {
    return eventually(`the model to ${does}`, () => this.model.state<ModelState>(), isSo);
  }

  async stop(): Promise<void> {
    await this.stage.stop();
    await Promise.all([
      this.assistant.hasExited ? null : this.assistant.terminate(),
      this.model.stop(),
      this.yclients.stop(),
    ]);
  }
}
