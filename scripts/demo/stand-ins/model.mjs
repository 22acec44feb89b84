// A stand-in for a language model: OpenAI's chat completions with tools, spoken by a few rules about haircuts. It needs no key.
// https://platform.openai.com/docs/api-reference/chat/create
//
//   MODEL_KEY      where set, calls must bring it
//   THINK_MS       how long each answer takes
//   GET /stand-in  {"calls": […], "left": […]}: what it was asked, and when callers left before the answer, ms
//   PUT /stand-in/pace  {"thinkMs": N}: how long each answer takes from now on
//   PUT /stand-in/faults  {"times": N, "status": S, "text": "…"}: so it answers the next N calls
//                        {"about": "…", …}: so it answers every call in which the customer writes that
import { setTimeout as pause } from 'node:timers/promises';
import { Refused, serve } from './server.mjs';

const { MODEL_KEY, THINK_MS = '0' } = process.env;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_MS = 24 * 3600 * 1000;

/** @type {object[]} */
const calls = [];
/** @type {number[]} */
const left = [];
let thinkMs = Number(THINK_MS);
/** @type {{ times?: number, about?: string, status?: number, text?: string }} */
let faults = {};

await serve(async ({ method, url, headers, body, response }) => {
  if (method === 'GET') return { body: { calls, left } };
  if (url.pathname === '/stand-in/pace') return (thinkMs = body.thinkMs) >= 0 && { body: {} };
  if (method === 'PUT') return (faults = body) && { body: {} };
  if (!url.pathname.endsWith('/chat/completions'))
    throw new Refused(404, { error: { message: 'Not found' } });
  if (MODEL_KEY && headers.authorization !== `Bearer ${MODEL_KEY}`)
    throw new Refused(401, { error: { message: 'Incorrect API key provided.', code: 'invalid_api_key' } });
  calls.push(body);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await pause(thinkMs, undefined, { signal: gone.signal }).catch(() => left.push(Date.now()));
  if (isFaulty(body.messages)) {
    if (faults.status) throw new Refused(faults.status, { error: { message: 'Out of order' } });
    return { body: completion(body.model, { text: faults.text ?? '' }) };
  }
  return { body: completion(body.model, say(body.messages, body.tools ?? [])) };
});

/**
 * @typedef {{ role: string, content: any }} Message
 * @typedef {{ text: string } | { tool: string, input: object }} Said
 */

function isFaulty(/** @type {Message[]} */ messages) {
  if (faults.about) return textOf(messages.at(-1)).includes(faults.about);
  faults.times = (faults.times ?? 0) - 1;
  return faults.times >= 0;
}

/**
 * Books as soon as it knows what, when and with whom; else it asks.
 *
 * @param {Message[]} messages
 * @param {object[]} tools
 * @returns {Said}
 */
function say(messages, tools) {
  const last = messages.at(-1);
  const system = textOf(messages.find(({ role }) => role === 'system'));
  if (system.startsWith('Sum up')) return { text: 'The customer and we have talked before.' };
  if (last?.role === 'tool') return afterTool(messages, JSON.parse(textOf(last)), system);
  if (tools.length > 0 && changeIn(messages) !== null) return { tool: 'list_my_bookings', input: {} };
  const words = messages
    .filter(({ role }) => role === 'user')
    .map(textOf)
    .join(' ');
  const wanted = wishIn(words, system);
  if (!tools.length || !/стриж|окраш/i.test(words)) return { text: `Вы написали: ${textOf(last)}` };
  if (!wanted.date) return { text: 'На какой день вас записать?' };
  if (!wanted.time) return { text: 'На какое время вас записать?' };
  return { tool: 'book', input: wanted };
}

/**
 * What is to become of a booking, by what the customer has said last, and what we have asked before.
 *
 * @returns {'cancel_booking' | 'move_booking' | null}
 */
function changeIn(/** @type {Message[]} */ messages) {
  const words = textOf(messages.filter(({ role }) => role === 'user').at(-1));
  const before = messages.filter(({ role, content }) => role === 'assistant' && content).at(-1);
  const isConfirmed = /^да(?!\p{L})/iu.test(words) && textOf(before).startsWith('Отменить');
  if (isConfirmed || /отмен/i.test(words)) return 'cancel_booking';
  return /перенес/i.test(words) ? 'move_booking' : null;
}

/**
 * Goes on with what a tool has found: with a booking, to change it; else it says what came of it.
 *
 * @returns {Said}
 */
function afterTool(
  /** @type {Message[]} */ messages,
  /** @type {Parameters<typeof sentenceFor>[0] & { bookings?: { recordId: number, at: string }[] }} */ result,
  /** @type {string} */ system,
) {
  if (!result.bookings) return { text: sentenceFor(result) };
  const [booking] = result.bookings;
  if (!booking) return { text: 'У вас нет записей.' };
  const { recordId, at } = booking;
  if (changeIn(messages) === 'cancel_booking') return { tool: 'cancel_booking', input: { recordId } };
  const words = textOf(messages.filter(({ role }) => role === 'user').at(-1));
  return {
    tool: 'move_booking',
    input: { recordId, date: at.slice(0, 10), time: wishIn(words, system).time },
  };
}

/** What is wanted, of all that the customer has said: the latest word on each counts. */
function wishIn(/** @type {string} */ words, /** @type {string} */ system) {
  const service = /окраш/i.test(words) ? 'окрашивание' : 'стрижка';
  const [, hours, minutes = '00'] = latest(
    words,
    /(?:^|\s)(?:в|на)\s*(\d{1,2})(?::(\d{2}))?(?=\s|$|[?.,!])/gi,
  );
  const [, name] = latest(words, /(?:^|\s)[Кк]\s+(\p{Lu}\p{L}+)/gu);
  const isTomorrow = /завтра/i.test(words);
  const isToday = /сегодня/i.test(words);
  return {
    service,
    staff: name ?? (/как в прошлый раз/i.test(words) ? 'last' : 'any'),
    date: isTomorrow || isToday ? dayAfter(system, isTomorrow ? 1 : 0) : undefined,
    time: hours && `${hours.padStart(2, '0')}:${minutes}`,
  };
}

/** @returns {(string | undefined)[]} */
function latest(/** @type {string} */ words, /** @type {RegExp} */ pattern) {
  return [...words.matchAll(pattern)].at(-1) ?? [];
}

/** The prompt says which day it is: “Sunday, 29 November 2026”, in whatever order. */
function dayAfter(/** @type {string} */ system, /** @type {number} */ days) {
  const [, day = '1', month = 'jan', year = '2026'] =
    /(\d{1,2}) (\p{L}{3})\p{L}* (\d{4})/u.exec(system) ?? [];
  const today = Date.UTC(Number(year), MONTHS.indexOf(month.toLowerCase()), Number(day));
  return new Date(today + days * DAY_MS).toISOString().slice(0, 10);
}

/** @param {{ planned?: { service?: string, staff?: string, time?: string, cancelled?: object }, booking?: { service: string, staff: string }, problem?: string, free?: string[], choose?: string[] }} result */
function sentenceFor({ planned, booking, problem, free = [], choose = [] }) {
  if (planned?.cancelled) return 'Запись отменена.';
  if (planned && !planned.service) return `Перенесли: ${planned.staff}, ${planned.time}. До встречи!`;
  if (booking) return `Отменить запись: ${booking.service}, ${booking.staff}?`;
  if (planned) return `Записали вас: ${planned.service}, ${planned.staff}, ${planned.time}. До встречи!`;
  if (free.length > 0) return `Это время занято. Свободно: ${free.join(', ')}. Что вам подойдёт?`;
  return `Уточните, пожалуйста (${problem}): ${choose.join(', ')}`;
}

function completion(/** @type {string} */ model, /** @type {Said} */ said) {
  const message =
    'text' in said
      ? { role: 'assistant', content: said.text }
      : {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: `call_${calls.length}`,
              type: 'function',
              function: { name: said.tool, arguments: JSON.stringify(said.input) },
            },
          ],
        };
  return {
    id: `chatcmpl-${calls.length}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [{ index: 0, message, finish_reason: 'text' in said ? 'stop' : 'tool_calls' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

/** A content is a text, or a list of parts. */
function textOf(/** @type {Message | undefined} */ message) {
  const { content = '' } = message ?? {};
  if (typeof content === 'string') return content;
  return (content ?? []).map((/** @type {{ text?: string }} */ part) => part.text ?? '').join('');
}
