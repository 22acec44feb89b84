import { Expression } from './expression';

/** The four parts of a conversation with a bot, each as an expression; null: as the preset has it. */
export interface Template {
  readonly headers: Expression | null;
  readonly body: Expression | null;
  readonly reply: Expression | null;
  readonly state: Expression | null;
}

/** The texts of the expressions. */
export type TemplateTexts = { readonly [Part in keyof Template]: string | null };

/** @throws ExpressionError if one is no expression; configuration has checked them. */
export function compileTemplate({ headers, body, reply, state }: TemplateTexts): Template {
  return {
    headers: compiled('BOT_HEADERS', headers),
    body: compiled('BOT_BODY', body),
    reply: compiled('BOT_REPLY', reply),
    state: compiled('BOT_STATE', state),
  };
}

function compiled(variable: string, text: string | null): Expression | null {
  return text === null ? null : new Expression(variable, text);
}
