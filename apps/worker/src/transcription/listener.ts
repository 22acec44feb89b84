import { Inject, Injectable } from '@nestjs/common';
import type { AwaitedNote } from '@app/batching';
import type { MissingWords } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { CustomerFiles } from '../files/customer-files';
import { untilDone } from '../files/until-done';
import { Transcriber } from './transcriber';

/** What was said, or why nobody knows; null: it was broken off by us. */
export type Heard = { text: string } | { why: MissingWords; error: string } | null;

/** Listens to voice notes: fetches each and has it transcribed, again and again while time is left, if that may help. */
@Injectable()
export class Listener {
  constructor(
    private readonly files: CustomerFiles,
    private readonly transcriber: Transcriber,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'transcription'>,
  ) {}

  /** Within the time that the note is waited for. Never rejects. */
  async hear({ conversation, message, leftMs }: AwaitedNote, signal: AbortSignal): Promise<Heard> {
    const { maxBytes } = this.settings.transcription;
    const patience = { endsAt: performance.now() + leftMs, signal };
    const file = await this.files.fetch(
      conversation.companyId,
      message,
      Object.assign({ maxBytes }, patience),
    );
    if (file?.kind !== 'done') return file;
    const { bytes, mimeType } = file.value;
    const sound = { bytes, mimeType: message.media?.mimeType ?? mimeType };
    const words = await untilDone(patience, 'transcriber-away', (timeoutMs) =>
      this.transcriber.transcribe(sound, { timeoutMs, signal }),
    );
    return words?.kind === 'done' ? { text: words.value } : words;
  }
}
