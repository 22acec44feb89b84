import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { APICallError, generateText, type LanguageModel as Model, stepCountIs, tool, type ToolSet } from 'ai';
import { isLocalhost } from '@app/platform';
import { type AssistantSettings, SETTINGS, type Settings } from '@app/settings';
import { AssistantMetrics } from '../metrics/assistant.metrics';
import type { Tool } from '../tools/tool';
import { Toolbox } from '../tools/toolbox';
import type { TurnDraft } from '../turn/turn-draft';
import { ModelError } from './model-error';
import type { Prompt } from './prompt';

/** How often the model may look at the results of its tools before it must speak. */
const MOST_STEPS = 8;
/** In addition to 5xx: the operator, or time, mends them, and the customer's message is not at fault. */
const PASSING = new Set([401, 402, 403, 404, 408, 425, 429]);
/** A reply beyond this is no reply: the model has lost its way. */
const LONGEST_REPLY = 16_000;

/** The model behind `AI_URL`. The one file that knows the AI SDK. */
@Injectable()
export class LanguageModel {
  private readonly logger = new Logger('Model');
  private readonly settings: AssistantSettings;
  private readonly model: Model;

  constructor(
    @Inject(SETTINGS) { assistant }: Settings,
    private readonly toolbox: Toolbox,
    private readonly metrics: AssistantMetrics,
  ) {
    const { model } = assistant;
    if (!model) throw new Error('AI_URL and AI_MODEL are not set');
    this.settings = assistant;
    if (model.key === null && !isLocalhost(new URL(model.url).hostname))
      this.logger.warn('AI_API_KEY is not set: the model’s server is called without a key');
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
    prompt: Prompt,
    signal: AbortSignal,
    tools: (within: AbortSignal) => ToolSet,
  ): Promise<string> {
    const within = AbortSignal.any([signal, AbortSignal.timeout(this.settings.timeoutMs)]);
    const ended = this.metrics.reply();
    try {
      const text = await this.generateWithin(within, prompt, tools(within));
      ended('said');
      return text;
    } catch (error) {
      ended(
        signal.aborted ? 'aborted' : error instanceof ModelError && error.isPassing ? 'passing' : 'unusable',
      );
      throw error;
    }
  }

  private async generateWithin(
    within: AbortSignal,
    { system, messages }: Prompt,
    tools: ToolSet,
  ): Promise<string> {
    const result = await generateText({
      model: this.model,
      system,
      messages,
      tools,
      stopWhen: stepCountIs(MOST_STEPS),
      maxOutputTokens: this.settings.maxOutputTokens,
      abortSignal: within,
      // The worker repeats a call that fails, with patience and in order.
      maxRetries: 0,
    }).catch((error: unknown) => {
      throw modelErrorOf(error, within);
    });
    this.metrics.spent(result.totalUsage);
    const text = result.text.trim();
    if (result.finishReason === 'content-filter')
      throw new ModelError('the model’s server withheld the answer', { isPassing: false });
    if (result.finishReason === 'length')
      this.logger.warn('The model’s answer was cut at AI_MAX_OUTPUT_TOKENS', { characters: text.length });
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
          execute: (input: unknown) => this.run(each, input, draft, signal),
        }),
      ]),
    );
  }

  private async run(tool: Tool, input: unknown, draft: TurnDraft, signal: AbortSignal): Promise<object> {
    try {
      const found = await tool.run(input, draft, signal);
      this.metrics.toolCalled(tool.name, 'problem' in found ? 'problem' : 'done');
      return found;
    } catch (error) {
      this.metrics.toolCalled(tool.name, 'failed');
      throw error;
    }
  }
}

function modelErrorOf(error: unknown, { aborted }: AbortSignal): ModelError {
  if (aborted) return new ModelError('the model took too long', { isPassing: true });
  if (isBrokenOff(error) || isBrokenOff((error as Error).cause))
    return new ModelError('the model cannot be reached', { isPassing: true });
  if (!APICallError.isInstance(error))
    return new ModelError(`the model’s answer cannot be read: ${(error as Error).name}`, {
      isPassing: false,
    });
  const { statusCode, responseHeaders } = error;
  // A page of a proxy's, say: whoever answers so is no model.
  if (statusCode !== undefined && statusCode < 300)
    return new ModelError('the model’s answer cannot be read', { isPassing: false });
  const why = statusCode === undefined ? 'the model cannot be reached' : `the model answered ${statusCode}`;
  const retryAfterS = Number(responseHeaders?.['retry-after']);
  return new ModelError(why, {
    isPassing: statusCode === undefined || PASSING.has(statusCode) || statusCode >= 500,
    ...(Number.isFinite(retryAfterS) && { retryAfterS }),
  });
}

/** What Node's fetch says of a connection that was not made, or did not last until the end of the answer. */
function isBrokenOff(error: unknown): boolean {
  const { name, message } = (error ?? {}) as Partial<Error>;
  return name === 'TypeError' && (message === 'fetch failed' || message === 'terminated');
}
