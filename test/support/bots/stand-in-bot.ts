import type { ServerResponse } from 'node:http';
import { type Heard, sendJson } from '../stand-in';

/** The key that every stand-in wants to see, where its product has one. */
export const KEY = 'key-of-the-bot-1';

/** A bot behind a product's HTTP interface, which is written from the product's own documentation. */
export interface StandInBot {
  readonly preset: string;
  /** The documentation that it is written from. */
  readonly documentation: string;
  /** Path of `BOT_URL`. */
  readonly path: string;
  /** Variables in addition to `BOT_URL`, `BOT_PRESET` and, where it wants a key, `BOT_API_KEY`. */
  readonly variables: Readonly<Record<string, string>>;
  readonly wantsKey: boolean;
  readonly answer: (heard: Heard, response: ServerResponse) => void;
  /** Loses all conversations, as they get too old there. */
  readonly forget: () => void;
  /** An answer of 200 that is none of the product's answers to a message. */
  readonly oddAnswer: string;
}

/** What the bot behind every interface says: how many messages of the conversation it has heard, and the last of them. */
export class Listener {
  private readonly heard = new Map<string, string[]>();

  /** True if it knows the conversation. */
  knows(conversation: string): boolean {
    return this.heard.has(conversation);
  }

  says(conversation: string, text: string): string {
    const texts = [...(this.heard.get(conversation) ?? []), text];
    this.heard.set(conversation, texts);
    return `${texts.length}: ${text}`;
  }

  forget(): void {
    this.heard.clear();
  }
}

/** A call, parsed. */
export interface Call {
  readonly path: string;
  readonly headers: Heard['headers'];
  readonly body: Readonly<Record<string, unknown>>;
}

/** Checks the key in a header, then lets the product answer the call; what it throws is what it refuses. */
export function answering(
  header: { name: string; value: string } | null,
  refusal: (status: number, why: string) => object,
  answer: (call: Call, response: ServerResponse) => void,
): StandInBot['answer'] {
  return ({ path, headers, body }, response) => {
    if (header && headers[header.name] !== header.value) {
      sendJson(response, 401, refusal(401, 'Unauthorized'));
      return;
    }
    try {
      answer({ path, headers, body: JSON.parse(body) as Call['body'] }, response);
    } catch (error) {
      const status = error instanceof Refused ? error.status : 400;
      sendJson(response, status, refusal(status, String(error)));
    }
  };
}

export const BEARER = { name: 'authorization', value: `Bearer ${KEY}` };

/** What the product answers with an error. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The value as a text, which the product requires. */
export function required(value: unknown, name: string): string {
  if (typeof value !== 'string' || value === '') throw new Refused(400, `${name} is required`);
  return value;
}
