import { Inject, Injectable } from '@nestjs/common';
import { FormData } from 'undici';
import type { MissingWords } from '@app/contracts';
import { objectOf } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import type { FetchedFile } from '../files/file-fetcher';
import { failed, type Step } from '../files/step';
import { readBounded } from '../http/bounded-body';
import { callOnce } from '../http/one-call';

/** More words than any voice note has; they must have room in a batch besides. */
const MAX_ANSWER_BYTES = 1024 ** 2;

/** Services know a file's format by the end of its name. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/mpeg|mp3/, 'mp3'],
  [/mp4|m4a|aac/, 'm4a'],
  [/webm/, 'webm'],
  [/wav/, 'wav'],
  [/flac/, 'flac'],
];

/** A service that answers as OpenAI's does: https://platform.openai.com/docs/api-reference/audio/createTranscription */
@Injectable()
export class Transcriber {
  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'transcription'>) {}

  /** What is said in a file; never rejects. */
  async transcribe(
    { bytes, mimeType }: FetchedFile,
    limits: { timeoutMs: number; signal: AbortSignal },
  ): Promise<Step<string, MissingWords>> {
    const { url, apiKey, model, language } = this.settings.transcription;
    if (url === null) return { kind: 'missing', why: 'refused', error: 'TRANSCRIBE_URL is not set' };
    const body = new FormData();
    // A copy without its type of buffer, which a blob would not take.
    body.set('file', new Blob([Uint8Array.from(bytes)], { type: mimeType ?? 'audio/ogg' }), nameOf(mimeType));
    body.set('model', model);
    body.set('response_format', 'json');
    if (language !== null) body.set('language', language);
    const call = await callOnce(
      {
        method: 'POST',
        url: new URL(url),
        headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
        body,
      },
      // It usually runs next to us or at a service, and only the operator sets its address.
      Object.assign({ allowPrivate: true }, limits),
      (stream, headers) => readBounded(stream, MAX_ANSWER_BYTES, headers),
    );
    if (call.kind !== 'answered' || call.status < 200 || call.status > 299) return failed(call, 'refused');
    return wordsIn(call.body);
  }
}

function wordsIn({ text: answer, isWhole }: { text: string; isWhole: boolean }): Step<string, MissingWords> {
  if (!isWhole) return { kind: 'missing', why: 'too-large', error: 'an answer over 1 MB' };
  const { text } = objectOf(parsed(answer));
  if (typeof text !== 'string')
    return { kind: 'missing', why: 'refused', error: 'an answer without a field `text`' };
  const words = text.trim();
  return words === ''
    ? { kind: 'missing', why: 'no-words', error: 'an empty text' }
    : { kind: 'done', value: words };
}

function nameOf(mimeType: string | null): string {
  const [, ending] = ENDINGS.find(([type]) => type.test(mimeType?.toLowerCase() ?? '')) ?? [];
  return `voice.${ending ?? 'ogg'}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
