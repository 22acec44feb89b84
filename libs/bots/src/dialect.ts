import { BotDialect } from './bot-dialect';
import type { BotSettings } from './bot.settings';
import { presetNamed } from './presets';
import { compileTemplate } from './template/template';

/** The dialect of the configured bot. */
export function dialectOf({ url, dialect, state }: BotSettings & { readonly url: string }): BotDialect {
  const { preset, template, key, model, prompt } = dialect;
  return new BotDialect(
    presetNamed(preset),
    { url: new URL(url), key, model, prompt, maxStateBytes: state.maxBytes },
    compileTemplate(template),
  );
}
