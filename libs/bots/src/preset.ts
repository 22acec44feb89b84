import type { MergedMessage } from '@app/contracts';
import type { BotAnswer } from './answer/bot-answer';
import type { Reading } from './answer/reading';

/** Where a bot is, and what it is shown and told with every call. */
export interface Connection {
  /** `BOT_URL`. */
  readonly url: URL;
  /** `BOT_API_KEY`. */
  readonly key: string | null;
  /** `BOT_MODEL`. */
  readonly model: string | null;
  /** `BOT_PROMPT`. */
  readonly prompt: string | null;
  /** Limit of what is kept with a conversation, bytes of JSON. */
  readonly maxStateBytes: number;
}

/** One call of the bot: what it is told, and what is known of the conversation. */
export interface BotTurn {
  readonly message: MergedMessage;
  /** What the last committed answer of the conversation left to be kept, JSON; null if there is nothing. */
  readonly state: unknown;
  readonly connection: Connection;
}

/** A `POST` of JSON. */
export interface BotCall {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A variable that a kind of bot cannot do without. */
export type NeededVariable = 'BOT_API_KEY' | 'BOT_MODEL';

/** All that the worker knows of a kind of bot: its folder declares it, its line in `registry.ts` names it. */
export interface BotPreset {
  /** As `BOT_PRESET` names it; it must never change. */
  readonly name: string;
  /** The name for people. */
  readonly title: string;
  readonly needs: readonly NeededVariable[];
  /** How the path of its address ends, if it is the same everywhere: another is refused at boot. */
  readonly path?: { readonly shape: RegExp; readonly expected: string };
  /** True if it understands an edit or a reaction, which is no message: then `FORWARD_EVENTS` may name some. */
  readonly takesEvents: boolean;
  /** True if something of an answer is kept for the next call of the conversation. */
  readonly keepsState: boolean;
  /** True if it can come back with a reply after its call was over: then it is told where, and 202 means “later”. */
  readonly answersLater?: true;
  /** True if its call has what colleagues have written to the customer. */
  readonly tellsColleagues?: true;
  /** Limit of an answer's body; a stream repeats its ids with every word. */
  readonly maxAnswerBytes?: number;
  readonly call: (turn: BotTurn) => BotCall;
  /** Reads an answer of 2xx with a body. Never throws, whatever it is. */
  readonly read: (answer: BotAnswer, turn: BotTurn) => Reading;
  /** True for an error answer by which the bot says that it no longer knows the conversation: it is called again without the state. */
  readonly isStateLost?: (answer: BotAnswer) => boolean;
}
