import { defineSettings, OptionalText, OptionalUrl, type SettingsOf, Whole } from '@app/config';

const HOUR_S = 3_600;
const DAY_S = 24 * HOUR_S;
const AGE = { unit: 'seconds', min: 60, max: 365 * DAY_S };

/** Either all of these or none. */
const OF_YCLIENTS = ['YCLIENTS_PARTNER_TOKEN', 'YCLIENTS_USER_TOKEN', 'YCLIENTS_COMPANY_ID'] as const;

/** The assistant is a package of its own (ADR 24), so its variables stand here, where all of them are combined. */
export class AssistantVariables {
  @OptionalUrl(
    'What stands in front of `/chat/completions` of an OpenAI-compatible server; with it `npm start` starts [the assistant](assistant.md) as the bot.',
    { otherwise: 'there is no assistant', example: 'https://api.openai.com/v1' },
  )
  AI_URL?: string;

  @OptionalText('The model that the assistant speaks with. Required with `AI_URL`.', {
    expected: 'any text',
    shown: 'whole',
  })
  AI_MODEL?: string;

  @OptionalText('The key by which the model’s server knows the assistant.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
  })
  AI_API_KEY?: string;

  @OptionalText('A file with what the model is told of its task before every conversation.', {
    expected: 'a path',
    shown: 'whole',
    otherwise: 'a short prompt of ours',
  })
  AI_SYSTEM_PROMPT_FILE?: string;

  @OptionalText('Where the company’s clocks are, so that “tomorrow” is a date.', {
    expected: 'an IANA time zone',
    shown: 'whole',
    example: 'Europe/Moscow',
    otherwise: 'UTC',
  })
  AI_TIME_ZONE?: string;

  @Whole('The longest that the model may take for one answer, with all its calls of tools.', {
    unit: 'milliseconds',
    min: 1_000,
    max: 600_000,
  })
  AI_TIMEOUT = 25_000;

  @Whole('The longest answer of the model.', { unit: 'tokens', min: 16, max: 100_000 })
  AI_MAX_OUTPUT_TOKENS = 800;

  @Whole('How much of the dialogue the model is told word for word; what is older becomes a summary.', {
    unit: 'tokens',
    min: 200,
    max: 1_000_000,
  })
  AI_CONTEXT_TOKENS = 3_000;

  @Whole('How long a dialogue is known after its last turn.', AGE)
  AI_DIALOGUE_TTL = 2 * HOUR_S;

  @Whole('How long it is known who a customer is after their last turn.', AGE)
  AI_CUSTOMER_TTL = DAY_S;

  @Whole('How long it is known what a customer prefers after it was last used.', AGE)
  AI_PREFERENCES_TTL = 30 * DAY_S;

  @OptionalUrl('Where YClients’ REST API is; another address for a stand-in.', {
    otherwise: 'https://api.yclients.com/api/v1',
  })
  YCLIENTS_URL?: string;

  @OptionalText('The partner’s token of YClients; with it and the next two the assistant books there.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
  })
  YCLIENTS_PARTNER_TOKEN?: string;

  @OptionalText('The token of the YClients user who may see and write bookings.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
  })
  YCLIENTS_USER_TOKEN?: string;

  @OptionalText('The branch in YClients.', { shape: /^\d+$/, expected: 'digits', shown: 'whole' })
  YCLIENTS_COMPANY_ID?: string;

  @Whole('The port of the assistant; the worker’s `BOT_URL` leads there.', {
    unit: 'port',
    min: 0,
    max: 65_535,
  })
  ASSISTANT_PORT = 3003;
}

export const assistantSettings = defineSettings(
  'assistant',
  AssistantVariables,
  (env) => ({
    /** Null: there is no assistant. */
    model:
      env.AI_URL === undefined || env.AI_MODEL === undefined
        ? null
        : { url: env.AI_URL, name: env.AI_MODEL, key: env.AI_API_KEY ?? null },
    promptFile: env.AI_SYSTEM_PROMPT_FILE ?? null,
    timeZone: env.AI_TIME_ZONE ?? 'UTC',
    timeoutMs: env.AI_TIMEOUT,
    maxOutputTokens: env.AI_MAX_OUTPUT_TOKENS,
    contextTokens: env.AI_CONTEXT_TOKENS,
    ttlS: {
      dialogue: env.AI_DIALOGUE_TTL,
      customer: env.AI_CUSTOMER_TTL,
      preferences: env.AI_PREFERENCES_TTL,
    },
    /** Null: the assistant has no tools of YClients. */
    yclients: yclientsOf(env),
    port: env.ASSISTANT_PORT,
  }),
  [
    {
      variable: 'AI_MODEL',
      broken: (env) => env.AI_URL !== undefined && env.AI_MODEL === undefined,
      problem: 'is required with AI_URL',
    },
    ...OF_YCLIENTS.map((variable) => ({
      variable,
      broken: (env: AssistantVariables) =>
        env[variable] === undefined && OF_YCLIENTS.some((other) => env[other] !== undefined),
      problem: `is required with the others of ${OF_YCLIENTS.join(', ')}`,
    })),
    {
      variable: 'AI_TIME_ZONE',
      broken: (env) => env.AI_TIME_ZONE !== undefined && !isTimeZone(env.AI_TIME_ZONE),
      problem: 'must be an IANA time zone, such as Europe/Moscow',
    },
  ],
);

export type AssistantSettings = SettingsOf<typeof assistantSettings>;

function yclientsOf(env: AssistantVariables): {
  url: string;
  companyId: number;
  partnerToken: string;
  userToken: string;
} | null {
  const [partnerToken, userToken, companyId] = OF_YCLIENTS.map((name) => env[name]);
  if (partnerToken === undefined || userToken === undefined || companyId === undefined) return null;
  const url = (env.YCLIENTS_URL ?? 'https://api.yclients.com/api/v1').replace(/\/$/, '');
  return { url, companyId: Number(companyId), partnerToken, userToken };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
