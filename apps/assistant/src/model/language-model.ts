import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { Inject, Injectable } from '@nestjs/common';
import { APICallError, generateText, type LanguageModel as Model, stepCountIs, tool, type ToolSet } from 'ai';
import { type AssistantSettings, SETTINGS, type Settings } from '@app/settings';
import { Toolbox } from '../tools/toolbox';
import type { TurnDraft } from '../turn/turn-draft';
import { ModelError } from './model-error';
import type { Prompt } from './prompt';

/** How often the model may look at the results of its tools before it must speak. */
const MOST_STEPS = 8;
/** A reply beyond this is no reply: the model has lost its way. */
const LONGEST_REPLY = 16_000;

/** The model behind `AI_URL`. The one file that knows the AI SDK. */
@Injectable()
export class LanguageModel {
  private readonly settings: AssistantSettings;
  private readonly model: Model;

  constructor(
    @Inject(SETTINGS) { assistant }: Settings,
    private readonly toolbox: Toolbox,
  ) {
    const { model } = assistant;
    if (!model) throw new Error('AI_URL and AI_MODEL are not set');
    this.settings = assistant;
    const provider = createOpenAICompatible({
      name: 'assistant',
      baseURL: model.url,
      ...(model.key !== null && { apiKey: model.key }),
    });
    this.model = provider(model.name);
  }

  /**
   * The model's reply; its tools write into the draft.
   *
   * @throws ModelError if the model gives none within `AI_TIMEOUT`, or the signal says that nobody waits for it any more.
   */
  async reply(prompt: Prompt, draft: TurnDraft, signal: AbortSignal): Promise<string> {
    return this.generate(prompt, signal, (within) => this.toolsFor(draft, within));
  }

  /** A text of the model's, without tools. @throws ModelError as above. */
  async write(prompt: Prompt, signal: AbortSignal): Promise<string> {
    return this.generate(prompt, signal, () => ({}));
  }

  private async generate(
    { system, messages }: Prompt,
    signal: AbortSignal,
    tools: (within: AbortSignal) => ToolSet,
  ): Promise<string> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.settings.timeoutMs)]);
    const text = await generateText({
      model: this.model,
      system,
      messages,
      tools: tools(within),
      stopWhen: stepCountIs(MOST_STEPS),
      maxOutputTokens: this.settings.maxOutputTokens,
      abortSignal: within,
      // The worker repeats a call that fails, with patience and in order.
      maxRetries: 0,
    }).then(
      (result) => result.text.trim(),
      (error: unknown) => {
        throw modelErrorOf(error, within);
      },
    );
    if (text === '') throw new ModelError('the model said nothing', { isPassing: false });
    if (text.length > LONGEST_REPLY)
      throw new ModelError(`the model said ${text.length} characters`, { isPassing: false });
    return text;
  }

  private toolsFor(draft: TurnDraft, signal: AbortSignal): ToolSet {
    return Object.fromEntries(
      this.toolbox.tools.map((each) => [
        each.name,
        tool({
          description: each.description,
          inputSchema: each.input,
          execute: (input: unknown) => each.run(input, draft, signal),
        }),
      ]),
    );
  }
}

function modelErrorOf(error: unknown, { aborted }: AbortSignal): ModelError {
  if (aborted) return new ModelError('the model took too long', { isPassing: true });
  if (!APICallError.isInstance(error))
    return new ModelError(`the model’s answer cannot be read: ${(error as Error).name}`, {
      isPassing: false,
    });
  const { statusCode, responseHeaders } = error;
  const why = statusCode === undefined ? 'the model cannot be reached' : `the model answered ${statusCode}`;
  const retryAfterS = Number(responseHeaders?.['retry-after']);
  return new ModelError(why, {
    // A key that is wrong is put right by the operator, and the customer's message can wait for that.
    isPassing:
      statusCode === undefined || [401, 403, 404, 408, 425, 429].includes(statusCode) || statusCode >= 500,
    ...(Number.isFinite(retryAfterS) && { retryAfterS }),
  });
}
