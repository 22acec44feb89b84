import { aMergedMessage } from '../../../../test/support/bots/merged-message';
import type { Reading } from '../answer/reading';
import { BotDialect } from '../bot-dialect';
import { presetNamed } from '../presets';
import { compileTemplate, type TemplateTexts } from '../template/template';

const NO_TEMPLATE: TemplateTexts = { headers: null, body: null, reply: null, state: null };

/** What a test may set of a dialect. */
export interface About {
  url?: string;
  key?: string;
  model?: string;
  prompt?: string;
  maxStateBytes?: number;
  template?: Partial<TemplateTexts>;
}

/** The dialect of a preset as the worker makes it. */
export function aDialect(preset: string, about: About = {}): BotDialect {
  const {
    url = 'http://bot.example/v1',
    key = null,
    model = null,
    prompt = null,
    maxStateBytes = 32_768,
  } = about;
  return new BotDialect(
    presetNamed(preset),
    { url: new URL(url), key, model, prompt, maxStateBytes },
    compileTemplate({ ...NO_TEMPLATE, ...about.template }),
  );
}

/** What a dialect reads of an answer to `hello`. */
export function reads(
  dialect: BotDialect,
  answer: unknown,
  { contentType = 'application/json', state = null }: { contentType?: string; state?: unknown } = {},
): Promise<Reading> {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
  return dialect.read({ status: 200, contentType, text }, aMergedMessage(), state);
}
