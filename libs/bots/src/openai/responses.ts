import { bodyOf, jsonOf } from '../answer/bot-answer';
import { listOf, objectIn, objectOf, wordsIn } from '../answer/json';
import { ODD, said } from '../answer/reading';
import { wordsOf } from '../words';
import { failureIn } from './failure';
import type { OpenAiInterface } from './openai-interface';

/** `POST …/responses`: the server keeps what was said, and is told the id of its last answer. */
export const responses: OpenAiInterface = {
  body: ({ message, state, connection: { model, prompt } }) => {
    const previous = wordsIn(objectOf(state).responseId);
    return {
      model,
      // They hold for one answer only, so they are said every time.
      ...(prompt !== null && { instructions: prompt }),
      input: wordsOf(message),
      ...(previous !== null && { previous_response_id: previous }),
      store: true,
    };
  },
  read: (answer) => {
    const body = objectIn(bodyOf(answer));
    const failure = failureIn(body);
    if (failure) return failure;
    const { id, output } = body;
    const texts = listOf(output).map(objectOf).filter(isMessage).map(textOfMessage);
    const spoken = texts.filter((text) => text !== null);
    const responseId = wordsIn(id);
    return spoken.length === 0 ? ODD : said(spoken, responseId === null ? null : { responseId });
  },
  isStateLost: ({ status, text }) => {
    const { code, param } = objectOf(objectOf(jsonOf(text)).error);
    return (
      (status === 400 || status === 404) &&
      (code === 'previous_response_not_found' || param === 'previous_response_id')
    );
  },
};

function isMessage({ type }: { readonly type?: unknown }): boolean {
  return type === 'message';
}

/** Its texts, and the words of a refusal, as one. */
function textOfMessage({ content }: { readonly content?: unknown }): string | null {
  const parts = listOf(content).map(objectOf);
  return wordsIn(parts.map(({ text, refusal }) => wordsIn(text) ?? wordsIn(refusal) ?? '').join(''));
}
