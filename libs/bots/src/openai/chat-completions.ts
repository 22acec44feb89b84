import { bodyOf } from '../answer/bot-answer';
import { contentText, isObject, listOf, objectIn, objectOf, wordsIn } from '../answer/json';
import { ODD, said } from '../answer/reading';
import { wordsOf } from '../words';
import { failureIn } from './failure';
import type { OpenAiInterface } from './openai-interface';

interface Said {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** `POST …/chat/completions`: the server knows nothing of a conversation, so it is told what was said with every call. */
export const chatCompletions: OpenAiInterface = {
  body: ({ message, state, connection: { model, prompt } }) => ({
    model,
    messages: [
      ...(prompt === null ? [] : [{ role: 'system', content: prompt }]),
      ...saidBefore(state),
      { role: 'user', content: wordsOf(message) },
    ],
    stream: false,
  }),
  read: (answer, { message, state, connection: { maxStateBytes } }) => {
    const body = objectIn(bodyOf(answer));
    const failure = failureIn(body);
    if (failure) return failure;
    const [choice] = listOf(body.choices);
    const { content, refusal } = objectOf(objectOf(choice).message);
    const text = contentText(content) ?? wordsIn(refusal);
    if (text === null) return ODD;
    const now: Said[] = [
      { role: 'user', content: wordsOf(message) },
      { role: 'assistant', content: text },
    ];
    return said([text], { messages: latest([...saidBefore(state), ...now], maxStateBytes) });
  },
};

function saidBefore(state: unknown): Said[] {
  return listOf(objectOf(state).messages).filter(isSaid);
}

function isSaid(entry: unknown): entry is Said {
  return (
    isObject(entry) &&
    (entry.role === 'user' || entry.role === 'assistant') &&
    typeof entry.content === 'string'
  );
}

/** What was said last, whole exchanges of question and answer, as far as there is room for it. */
function latest(messages: readonly Said[], maxBytes: number): readonly Said[] {
  const room = maxBytes - JSON.stringify({ messages: [] }).length;
  let bytes = 0;
  let from = messages.length;
  while (from > 0) {
    const exchange = messages.slice(Math.max(0, from - 2), from);
    bytes += exchange.reduce((sum, each) => sum + Buffer.byteLength(JSON.stringify(each)) + 1, 0);
    if (bytes > room) break;
    from -= exchange.length;
  }
  return messages.slice(from);
}
