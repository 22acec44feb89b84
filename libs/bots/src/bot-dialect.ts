import type { MergedMessage } from '@app/contracts';
import { type BotAnswer, bodyOf } from './answer/bot-answer';
import { isObject } from './answer/json';
import { ODD, type Reading } from './answer/reading';
import { bearer } from './bearer';
import type { BotCall, BotPreset, BotTurn, Connection } from './preset';
import type { Template } from './template/template';

const MAX_ANSWER_BYTES = 1024 ** 2;

/** How to talk to the configured bot: its preset, of which the template's expressions replace what they are set for. */
export class BotDialect {
  readonly maxAnswerBytes: number;
  readonly keepsState: boolean;
  readonly takesEvents: boolean;
  readonly answersLater: boolean;
  /** False: the colleagues' words must wait for a bot that is told of them. */
  readonly tellsColleagues: boolean;

  constructor(
    private readonly preset: BotPreset,
    private readonly connection: Connection,
    private readonly template: Template,
  ) {
    this.maxAnswerBytes = preset.maxAnswerBytes ?? MAX_ANSWER_BYTES;
    this.keepsState = preset.keepsState || template.state !== null;
    this.takesEvents = preset.takesEvents;
    this.answersLater = preset.answersLater ?? false;
    this.tellsColleagues = preset.tellsColleagues ?? template.body !== null;
  }

  /**
   * The call that takes a message to the bot.
   *
   * @param replyUrl where the bot may answer later, if it can; an expression may put it into the body.
   * @throws ExpressionError if an expression of the template fails; Error if it gives no body or no headers.
   */
  async call(message: MergedMessage, state: unknown, replyUrl: string | null = null): Promise<BotCall> {
    const { url, headers, body } = this.preset.call(this.turnOf(message, state));
    const known = { ...this.known(state), body, headers, replyUrl };
    return {
      url,
      headers: { ...headers, ...textsOf(await this.template.headers?.of(message, known)) },
      body: this.template.body === null ? body : bodyFrom(await this.template.body.of(message, known)),
    };
  }

  /** The call that takes an event to the bot, if it takes any: it is the same for all, and nobody answers it. */
  async eventCall(event: object): Promise<BotCall> {
    const { url, key } = this.connection;
    const headers = textsOf(await this.template.headers?.of(event, this.known(null)));
    return { url, headers: { ...bearer(key), ...headers }, body: event };
  }

  /**
   * Reads an answer of 2xx that has a body.
   *
   * @throws ExpressionError if an expression of the template fails on it.
   */
  async read(answer: BotAnswer, message: MergedMessage, state: unknown): Promise<Reading> {
    const { reply, state: newState } = this.template;
    const own =
      reply === null || newState === null ? this.preset.read(answer, this.turnOf(message, state)) : ODD;
    if ((reply === null && newState === null) || own.kind === 'failed') return own;
    const known = { ...this.known(state), message, status: answer.status };
    const { value } = bodyOf(answer);
    const read = reply === null ? own : readingOf(await reply.of(value, known));
    if (read.kind !== 'said') return read;
    const kept = newState === null ? stateIn(own) : await newState.of(value, known);
    return { kind: 'said', answer: read.answer, ...(kept !== undefined && { state: kept }) };
  }

  /** True if the bot refuses the call because it no longer knows what was kept of the conversation. */
  isStateLost(answer: BotAnswer): boolean {
    return this.preset.isStateLost?.(answer) ?? false;
  }

  private turnOf(message: MergedMessage, state: unknown): BotTurn {
    return { message, state, connection: this.connection };
  }

  private known(state: unknown): Record<string, unknown> {
    const { key, model, prompt } = this.connection;
    return { state, key, model, prompt };
  }
}

/** Nothing found is nothing understood; null and an empty text are an answer that says nothing. */
function readingOf(found: unknown): Reading {
  if (found === undefined) return ODD;
  const items = [found].flat();
  return { kind: 'said', answer: items.map((item) => (isAnswer(item) ? item : { reply: item })) };
}

/** True for an answer in our own words; a text, and an object with one or a file, are a reply. */
function isAnswer(item: unknown): boolean {
  return isObject(item) && !('text' in item || 'media' in item);
}

function stateIn(reading: Reading): unknown {
  return reading.kind === 'said' ? reading.state : undefined;
}

function bodyFrom(found: unknown): unknown {
  if (typeof found !== 'object' || found === null)
    throw new Error('BOT_BODY gives neither an object nor a list');
  return found;
}

/** Header values are texts; what is undefined or null is left out. */
function textsOf(found: unknown): Record<string, string> {
  if (found === undefined || found === null) return {};
  if (!isObject(found)) throw new Error('BOT_HEADERS gives no object');
  return Object.fromEntries(
    Object.entries(found)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [
        name.toLowerCase(),
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
  );
}
