import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { AwaitedNote } from '@app/batching';
import type { MissingWords } from '@app/contracts';
import { answering, wayToFile } from '@app/gateways';
import { SETTINGS, type Settings } from '@app/settings';
import { FileFetcher } from './file-fetcher';
import type { Step } from './outcome';
import { Transcriber } from './transcriber';

/** What was said, or why nobody knows; null: it was broken off by us. */
export type Heard = { text: string } | { why: MissingWords; error: string } | null;

/** The first pause before another try, ms; each is twice as long as the one before. */
const PAUSE_MS = 500;

/** Listens to voice notes: fetches each and has it transcribed, again and again while time is left, if that may help. */
@Injectable()
export class Listener {
  constructor(
    private readonly files: FileFetcher,
    private readonly transcriber: Transcriber,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Within the time that the note is waited for. Never rejects. */
  async hear({ conversation, message, leftMs }: AwaitedNote, signal: AbortSignal): Promise<Heard> {
    const { maxBytes } = this.settings.transcription;
    const { source, media } = message;
    if ((media?.size ?? 0) > maxBytes) return { why: 'too-large', error: `more than ${maxBytes} bytes` };
    const name = answering(source.gateway)?.name ?? source.gateway;
    const sender = this.settings.companies.senderOf(conversation.companyId, name, source.account);
    const way = wayToFile(message, sender);
    if (way === null) return { why: 'no-file', error: 'its gateway has no way to files' };
    const time = { endsAt: performance.now() + leftMs, signal };
    const file = await untilDone(time, (timeoutMs) =>
      this.files.fetch(way, sender?.url ?? null, { timeoutMs, maxBytes, signal }),
    );
    if (file?.kind !== 'done') return file;
    const { bytes, mimeType } = file.value;
    const sound = { bytes, mimeType: media?.mimeType ?? mimeType };
    const words = await untilDone(time, (timeoutMs) =>
      this.transcriber.transcribe(sound, { timeoutMs, signal }),
    );
    return words?.kind === 'done' ? { text: words.value } : words;
  }
}

/** Takes a step again while that may help and time is left; null if it was broken off. */
async function untilDone<T>(
  { endsAt, signal }: { endsAt: number; signal: AbortSignal },
  step: (timeoutMs: number) => Promise<Step<T>>,
): Promise<Exclude<Step<T>, { kind: 'again' }> | null> {
  for (let tries = 0; ; tries += 1) {
    const leftMs = endsAt - performance.now();
    const result = await step(Math.max(1, Math.ceil(leftMs)));
    if (signal.aborted) return null;
    if (result.kind !== 'again') return result;
    const pauseMs = Math.max(PAUSE_MS * 2 ** tries, result.afterMs);
    if (performance.now() + pauseMs >= endsAt)
      return { kind: 'missing', why: 'timeout', error: result.error };
    // A pause that is broken off is followed by a step that is, too.
    await pause(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}
