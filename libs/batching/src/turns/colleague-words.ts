import { Injectable } from '@nestjs/common';
import type { Conversation } from '@app/contracts';
import { BatchStore } from '../store/batch-store';
import { keepColleagueWords } from '../store/scripts/keep-colleague-words';

/** What a colleague has written to a customer. */
export interface ColleagueWords {
  /** When it came, ms since the epoch, by Redis. */
  at: number;
  text: string;
}

/** What a bot is told of the colleagues' words at most: the latest of them. */
const MOST = 20;
/** A longer text is cut. */
const LONGEST = 1_000;

/** Keeps what colleagues write to customers, until the bot of the conversation has answered a call that told of it. */
@Injectable()
export class ColleagueWordsStore {
  constructor(private readonly store: BatchStore) {}

  /**
   * Keeps it once, however often the gateway reports it; nothing if `COLLEAGUE_WORDS_TTL` is 0.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async keep(conversation: Conversation, said: { messageId: string | null; text: string }): Promise<void> {
    const { colleagueWordsTtlMs: keepMs } = this.store.settings.memory;
    if (keepMs === 0 || said.text.trim() === '') return;
    const text = said.text.length > LONGEST ? `${said.text.slice(0, LONGEST)}…` : said.text;
    const words = JSON.stringify({ messageId: said.messageId, text });
    const colleagueWords = this.keyOf(await this.store.homeOf(conversation));
    await this.store.runner.run(keepColleagueWords, { colleagueWords }, { words, most: MOST, keepMs });
  }

  /**
   * What colleagues have written since the bot last answered, oldest first.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async of(conversation: Conversation): Promise<ColleagueWords[]> {
    const found = await this.store.commands((redis) =>
      redis.zrange(this.keyOf(conversation), '0', '-1', 'WITHSCORES'),
    );
    return found.flatMap((words, i) =>
      i % 2 === 1 ? [] : [{ at: Number(found[i + 1]), text: (JSON.parse(words) as { text: string }).text }],
    );
  }

  /**
   * The bot has answered a call that told of all up to this one.
   *
   * @throws StoreUnavailableError if Redis cannot serve now.
   */
  async forget(conversation: Conversation, untilMs: number): Promise<void> {
    await this.store.commands((redis) => redis.zremrangebyscore(this.keyOf(conversation), '-inf', untilMs));
  }

  private keyOf(conversation: Conversation): string {
    return this.store.keysOf(conversation).colleagueWords(conversation.id);
  }
}
