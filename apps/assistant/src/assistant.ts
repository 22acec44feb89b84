import { Inject, Injectable, Logger } from '@nestjs/common';
import { type AssistantSettings, SETTINGS, type Settings } from '@app/settings';
import type { BotAnswer, MergedCall } from './bot/bot-call';
import { ConversationMemory } from './context/conversation-memory';
import type { Memory } from './context/memory';
import { splitByRoom } from './context/recent';
import { LanguageModel } from './model/language-model';
import { ModelError } from './model/model-error';
import { nowInWords, promptOf, summaryPrompt } from './model/prompt';
import { saidIn, withoutSight } from './model/shown';
import { SYSTEM_TASK } from './model/system-task.provider';
import { TurnDraft } from './turn/turn-draft';
import type { Exchange, Summary } from './turn/turn-plan';

/** What is known before a call is answered. */
interface Before {
  known: Memory;
  recent: readonly Exchange[];
  /** Only if it is new. */
  summary: Summary | null;
}

/** Thinks: answers a merged message, and plans what the answer promises. It changes nothing; the commit does. */
@Injectable()
export class Assistant {
  private readonly logger = new Logger('Assistant');
  private readonly settings: AssistantSettings;

  constructor(
    private readonly memory: ConversationMemory,
    private readonly model: LanguageModel,
    @Inject(SYSTEM_TASK) private readonly task: string,
    @Inject(SETTINGS) { assistant }: Settings,
  ) {
    this.settings = assistant;
  }

  /**
   * @param signal fires when nobody waits for the answer any more.
   * @throws ModelError if the model gives no reply.
   */
  async answer(call: MergedCall, signal: AbortSignal): Promise<BotAnswer> {
    // A message without words, such as a film alone, says nothing to the model.
    if (saidIn(call) === '') return {};
    const memory = await this.memory.of(call.conversationId);
    const { older, recent } = splitByRoom(memory.exchanges, this.settings.contextTokens);
    const summary = older.length > 0 ? await this.summaryOf(memory, older, signal) : null;
    const known = summary ? { ...memory, summary } : memory;
    const before = { known, recent, summary };
    return this.reply(call, before, signal).catch((error: unknown) => {
      const unseen = withoutSight(call);
      if (!(error instanceof ModelError) || error.isPassing || unseen === null) throw error;
      this.logger.warn('The model is asked again without the pictures', { error: error.message });
      return this.reply(unseen, before, signal);
    });
  }

  private async reply(
    call: MergedCall,
    { known, recent, summary }: Before,
    signal: AbortSignal,
  ): Promise<BotAnswer> {
    const draft = new TurnDraft(call.phone, call.text, known);
    const now = nowInWords(Date.now(), this.settings.timeZone);
    const said = { colleagues: call.colleagues.map(({ text }) => text), customer: saidIn(call) };
    const prompt = promptOf(this.task, now, known, recent, said, call.pictures);
    const reply = await this.model.reply(prompt, draft, signal);
    const { asked, ...outcome } = draft.outcome;
    const exchange = { at: call.lastMessageAt, ...said, assistant: reply, asked };
    return {
      reply,
      commit: { exchange, ...outcome, ...(summary && { summary }) },
      ...(draft.isHandedOver && { handover: true }),
    };
  }

  /** Null if the model cannot write one: then the older exchanges wait for the next turn's, and this one is answered without them. */
  private async summaryOf(memory: Memory, older: Exchange[], signal: AbortSignal): Promise<Summary | null> {
    const until = older.at(-1)?.at ?? 0;
    try {
      return {
        text: await this.model.write(summaryPrompt(memory.summary?.text ?? null, older), signal),
        until,
      };
    } catch (error) {
      if (!(error instanceof ModelError) || signal.aborted) throw error;
      this.logger.warn('No summary could be written', { error: error.message });
      return null;
    }
  }
}
