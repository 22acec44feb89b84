import { type AnswerBody, isHtml } from '../answer/bot-answer';
import { isObject, objectOf } from '../answer/json';
import { failed, ODD, type Reading } from '../answer/reading';

/** Where nodes leave their text: an AI Agent in `output`, a chain in `text` or `response`. */
const TEXT_FIELDS = ['output', 'text', 'response', 'answer'] as const;

/**
 * Reads what a workflow answers: an object of the last node, all its items as a list, a text, or a stream of a Chat
 * Trigger. `{"reply"}` and `{"replies"}` are ours. `message` is none of the fields, because it is n8n's own
 * word: “Workflow was started”.
 */
export function readN8n(body: AnswerBody): Reading {
  switch (body.form) {
    case 'text':
      // A Respond to Webhook node calls its text HTML, so what it is decides, not what it is called.
      return isHtml(body.value) ? ODD : { kind: 'said', answer: { reply: body.value } };
    case 'lines':
    case 'events':
      return readStream(body.value);
    case 'json':
      return readItems([body.value].flat());
  }
}

function readItems(items: readonly unknown[]): Reading {
  const answers = items.map(answerOf);
  return answers.includes(undefined) && answers.every((answer) => answer === undefined)
    ? ODD
    : { kind: 'said', answer: answers.map((answer, i) => answer ?? items[i]) };
}

/** The item in our own words; undefined if it says nothing that is known. */
function answerOf(item: unknown): unknown {
  if (item === null || typeof item === 'string') return { reply: item };
  if (!isObject(item)) return undefined;
  if ('reply' in item || 'replies' in item || Object.keys(item).length === 0) return item;
  const field = TEXT_FIELDS.find((name) => name in item);
  if (field === undefined) return undefined;
  // A structured output parser puts an object in the place of the text.
  return isObject(item[field]) ? answerOf(item[field]) : { reply: item[field] };
}

/** `{"type": "begin" | "item" | "end" | "error", "content": "…"}`, a line each; text comes in pieces. */
function readStream(chunks: readonly unknown[]): Reading {
  const of = (wanted: string): unknown[] =>
    chunks.map(objectOf).flatMap(({ type, content }) => (type === wanted ? [content] : []));
  const [error] = of('error');
  if (error !== undefined) return failed(error, true);
  const text = of('item').filter((content) => typeof content === 'string');
  return text.length === 0 ? ODD : { kind: 'said', answer: { reply: text.join('') } };
}
