import { eventsOf } from './server-sent-events';

/** The bot's answer, as it came. */
export interface BotAnswer {
  readonly status: number;
  /** Empty if it names none. */
  readonly contentType: string;
  readonly text: string;
}

/**
 * An answer by its form. `events`: the data of a stream of server-sent events, in order. `lines`: JSON values, one a line.
 */
export type AnswerBody =
  | { readonly form: 'json'; readonly value: unknown }
  | { readonly form: 'events' | 'lines'; readonly value: readonly unknown[] }
  | { readonly form: 'text'; readonly value: string };

/** What an answer that is no reply looks like. */
export type AnswerShape = 'json' | 'html' | 'text';

/** Reads the form of an answer from what it is; a content type is often wrong. */
export function bodyOf({ text, contentType }: BotAnswer): AnswerBody {
  // Servers put a byte order mark before it, which is trimmed too, and newlines to keep a connection alive.
  const trimmed = text.trim();
  const json = jsonOf(trimmed);
  if (json !== undefined) return { form: 'json', value: json };
  if (/^text\/event-stream\b/i.test(contentType) || isEventStream(trimmed))
    return { form: 'events', value: eventsOf(trimmed) };
  const lines = linesOf(trimmed);
  return lines === null ? { form: 'text', value: trimmed } : { form: 'lines', value: lines };
}

/** By what it is: a text may begin with `:)`, but has no line of data. */
function isEventStream(text: string): boolean {
  return /^(?:data|event|id|retry|):/.test(text) && /^data:/m.test(text);
}

/** Null unless each line is JSON. */
function linesOf(text: string): unknown[] | null {
  const values: unknown[] = [];
  for (const line of text.split('\n')) {
    const value = jsonOf(line.trim());
    if (value === undefined) return null;
    values.push(value);
  }
  return values;
}

/** What a body looks like to somebody who did not understand it. */
export function shapeOf(text: string): AnswerShape {
  const trimmed = text.trim();
  if (isHtml(trimmed)) return 'html';
  return jsonOf(trimmed) === undefined ? 'text' : 'json';
}

/** True for a page, which is for a browser: a login, an error of a proxy. */
export function isHtml(text: string): boolean {
  return /^<(?:!|[a-z])/i.test(text.trim());
}

/** Undefined if it is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
