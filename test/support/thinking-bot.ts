import type { MergedMessage } from '@app/contracts';
import { sendJson, type StandIn } from './stand-in';

/** One batch at the bot, ms since the epoch. */
export interface Thought {
  batchId: string;
  texts: string[];
  beganMs: number;
  /** Infinity while it lasts. */
  endedMs: number;
}

/**
 * A bot that thinks about each batch for a while, even after its caller has gone, and recognises a batch by its
 * `webhook-id`: it then gives the same answer again.
 */
export class ThinkingBot {
  /** Conversation → its batches, in the order in which the bot received them. */
  readonly thoughts = new Map<string, Thought[]>();
  private readonly answers = new Map<string, Promise<object>>();

  constructor(
    standIn: StandIn,
    private readonly thinkAbout: (message: MergedMessage) => Promise<unknown>,
  ) {
    standIn.answer = ({ body }, response) => {
      const message = JSON.parse(body) as MergedMessage;
      const answer = this.answers.get(message.batchId) ?? this.think(message);
      this.answers.set(message.batchId, answer);
      answer.then((reply) => sendJson(response, 200, reply)).catch(() => response.destroy());
    };
  }

  /** Everything that it received in one conversation, in order. */
  heardOf(conversationId: string): string[] {
    return this.of(conversationId).flatMap(({ texts }) => texts);
  }

  of(conversationId: string): Thought[] {
    return this.thoughts.get(conversationId) ?? [];
  }

  /** How often it received a second batch of a conversation while it thought about one. */
  get overlaps(): number {
    return this.overlapsAmong(null);
  }

  /** The same among some of its batches; null: among all. */
  overlapsAmong(batchIds: ReadonlySet<string> | null): number {
    return [...this.thoughts.values()].flatMap((all) => {
      const batches = all.filter(({ batchId }) => batchIds === null || batchIds.has(batchId));
      return batches.filter(({ beganMs }, i) => batches.slice(0, i).some(({ endedMs }) => beganMs < endedMs));
    }).length;
  }

  /** How many batches it received that are none of these. */
  others(batchIds: ReadonlySet<string>): number {
    return [...this.thoughts.values()].flat().filter(({ batchId }) => !batchIds.has(batchId)).length;
  }

  private async think(message: MergedMessage): Promise<object> {
    const { conversationId, batchId, messages } = message;
    const texts = messages.map(({ text }) => text);
    const thought: Thought = { batchId, texts, beganMs: Date.now(), endedMs: Infinity };
    this.thoughts.set(conversationId, [...this.of(conversationId), thought]);
    await this.thinkAbout(message);
    thought.endedMs = Date.now();
    // Of a voice note without words too.
    return { reply: texts.join(' ').trim() || 'nothing' };
  }
}
