import { Bytes, defineSettings, OptionalText, OptionalUrl, Text, Whole } from '@app/config';

const MEGABYTE = 1024 ** 2;

/** How voice notes become words. */
export class TranscriptionVariables {
  @OptionalUrl(
    'Voice notes are posted there, and their words join the batch ([voice notes](bot.md#voice-notes)): an address that answers as `https://api.openai.com/v1/audio/transcriptions` does.',
    {
      otherwise: 'voice notes stay without words',
      sharedBy: 'all',
      sharedAs: (url?: string) => (url === undefined ? 'unset' : 'set'),
    },
  )
  TRANSCRIBE_URL?: string;

  @Whole(
    'How long a batch waits for the words of a voice note, from its arrival; then it goes without them.',
    {
      unit: 'milliseconds',
      min: 1_000,
      max: 300_000,
      sharedBy: ['webhook'],
    },
  )
  TRANSCRIBE_TIMEOUT = 30_000;

  @OptionalText('The key for `TRANSCRIBE_URL`, sent as `Authorization: Bearer`.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
  })
  TRANSCRIBE_API_KEY?: string;

  @Text('The model that transcribes.', {
    shape: /^\S+$/,
    expected: 'free of spaces',
    shown: 'whole',
    sharedBy: ['worker'],
  })
  TRANSCRIBE_MODEL = 'whisper-1';

  @OptionalText(
    'The language that is spoken, where it is always the same: it is then heard better and sooner.',
    {
      shape: /^[a-z]{2}$/,
      expected: 'a code of ISO 639-1, like ru',
      otherwise: 'the model finds it out',
      shown: 'whole',
      sharedBy: ['worker'],
      sharedAs: (language?: string) => language ?? '',
    },
  )
  TRANSCRIBE_LANGUAGE?: string;

  // OpenAI's own limit of a file.
  @Bytes('The largest file that is fetched and transcribed.', {
    min: 1024,
    max: 512 * MEGABYTE,
    sharedBy: ['worker'],
  })
  TRANSCRIBE_MAX_BYTES = 25 * MEGABYTE;
}

export const transcriptionSettings = defineSettings('transcription', TranscriptionVariables, (env) => ({
  /** Where voice notes become words; null: they stay without. */
  url: env.TRANSCRIBE_URL ?? null,
  /** How long a window waits for them, from the message's arrival. */
  timeoutMs: env.TRANSCRIBE_TIMEOUT,
  apiKey: env.TRANSCRIBE_API_KEY ?? null,
  model: env.TRANSCRIBE_MODEL,
  language: env.TRANSCRIBE_LANGUAGE ?? null,
  maxBytes: env.TRANSCRIBE_MAX_BYTES,
}));
