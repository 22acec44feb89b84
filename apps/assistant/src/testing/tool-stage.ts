import { StandInProgram, type StandInRecord } from '../../../../test/support/assistant-stage';
import type { Memory } from '../context/memory';
import type { ActOutcome } from '../tools/act-outcome';
import { Toolbox } from '../tools/toolbox';
import { yclientsTools } from '../tools/yclients/yclients.tools';
import { TurnDraft } from '../turn/turn-draft';

const TIME_ZONE = 'Europe/Moscow';
export const NOTHING_KNOWN: Memory = { exchanges: [], summary: null, customer: {}, preferences: {} };

/** The tools of YClients, as the model has them, before the stand-in of YClients. */
export class ToolStage {
  readonly toolbox: Toolbox;

  private constructor(readonly salon: StandInProgram) {
    const access = { url: `${salon.url}/api/v1`, companyId: 962302, partnerToken: 'p', userToken: 'u' };
    this.toolbox = new Toolbox(yclientsTools(access, TIME_ZONE));
  }

  static async start(): Promise<ToolStage> {
    return new ToolStage(await StandInProgram.start('yclients'));
  }

  /** Of the salon's calendar. */
  get tomorrow(): string {
    return new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(Date.now() + 24 * 3600 * 1000);
  }

  draft(phone: string | null = '79001000001', memory: Partial<Memory> = {}): TurnDraft {
    return new TurnDraft(phone, 'Запишите меня', { ...NOTHING_KNOWN, ...memory });
  }

  /** What the model is told. @throws ZodError if the input has another shape than the tool's. */
  async call(name: string, input: object, draft = this.draft()): Promise<Record<string, unknown>> {
    const tool = this.toolbox.tools.find((each) => each.name === name);
    if (!tool) throw new Error(`there is no tool ${name}`);
    return (await tool.run(input, draft, new AbortController().signal)) as Record<string, unknown>;
  }

  /** Does what the draft has planned, as the notice of its commit does. */
  async commit({ outcome }: TurnDraft, turnId = 'b-1'): Promise<ActOutcome[]> {
    const outcomes: ActOutcome[] = [];
    for (const [i, act] of outcome.acts.entries())
      outcomes.push(await this.toolbox.perform(act, `${turnId}:${i}`));
    return outcomes;
  }

  /** Books, as a customer's committed turn does; returns the booking's id. */
  async booked(time = '18:00', phone = '79001000001', turnId = `b-${phone}-${time}`): Promise<number> {
    const draft = this.draft(phone);
    await this.call('book', { service: 'стрижку', staff: 'Бари', date: this.tomorrow, time }, draft);
    await this.commit(draft, turnId);
    return (await this.bookings()).at(-1)?.id ?? 0;
  }

  /** The bookings that stand. */
  async bookings(): Promise<(StandInRecord & { id: number })[]> {
    const { records } = await this.salon.state<{ records: (StandInRecord & { id: number })[] }>();
    return records.filter(({ deleted }) => !deleted);
  }

  stop(): Promise<void> {
    return this.salon.stop();
  }
}
