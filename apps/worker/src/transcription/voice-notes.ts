import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type AwaitedNote, LOOK_AGAIN_MS, StoreUnavailableError, Transcripts } from '@app/batching';
import type { CompanyId, Conversation } from '@app/contracts';
import { SETTINGS, type Settings } from '@app/settings';
import { type Heard, Listener } from './listener';
import { TranscriptionMetrics } from './transcription.metrics';

const LOOK_MS = 500;
/** Conversations in hand at once: each may hold one file in memory, of `TRANSCRIBE_MAX_BYTES` at the most. */
const MOST_IN_HAND = 12;
/** So many of one company: while its gateway hangs, the others' notes are heard. */
const MOST_OF_ONE = 4;

/**
 * Gives voice notes their words, where `TRANSCRIBE_URL` is set. It keeps no state that must survive: what a worker that dies had in
 * hand is taken by another, and a batch is due without any.
 */
@Injectable()
export class VoiceNotes implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('VoiceNotes');
  private readonly stopped = new AbortController();
  private readonly inHand = new Map<Promise<void>, CompanyId | null>();
  private looking: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly transcripts: Transcripts,
    private readonly listener: Listener,
    private readonly metrics: TranscriptionMetrics,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'transcription'>,
  ) {}

  onApplicationBootstrap(): void {
    if (this.settings.transcription.url === null) return;
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = null));
    }, LOOK_MS).unref();
  }

  /** What is in hand is broken off: another worker takes it within seconds. */
  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.stopped.abort();
    await this.looking;
    await Promise.all(this.inHand.keys());
  }

  private async look(): Promise<void> {
    const free = MOST_IN_HAND - this.inHand.size;
    if (free <= 0) return;
    const found = await this.transcripts.take(free).catch((error: unknown) => {
      this.report(error);
      return [];
    });
    for (const conversation of found) {
      const { companyId } = conversation;
      const isOneTooMany = this.inHandOf(companyId) >= MOST_OF_ONE;
      const work = (isOneTooMany ? this.transcripts.leave(conversation, LOOK_MS) : this.attend(conversation))
        .catch((error: unknown) => this.report(error))
        .finally(() => this.inHand.delete(work));
      this.inHand.set(work, companyId);
    }
  }

  private inHandOf(companyId: CompanyId | null): number {
    return [...this.inHand.values()].filter((each) => each === companyId).length;
  }

  /** All notes of a conversation, one after the other, also those that come meanwhile. */
  private async attend(conversation: Conversation): Promise<void> {
    const done = new Set<number>();
    for (;;) {
      const notes = await this.transcripts.notesOf(conversation);
      const note = notes.find(({ message }) => !done.has(message.seq));
      if (!note || this.stopped.signal.aborted) return;
      done.add(note.message.seq);
      await this.give(note);
    }
  }

  private async give(note: AwaitedNote): Promise<void> {
    const beganAt = performance.now();
    const heard = await this.keeping(note, this.listener.hear(note, this.stopped.signal));
    if (heard === null) return;
    const given = await this.transcripts.give(note, heard);
    const outcome = given !== 'given' ? given : 'text' in heard ? 'made' : heard.why;
    this.metrics.ended(outcome, performance.now() - beganAt);
    const about = { conversationId: note.conversation.id, gateway: note.message.source.gateway };
    if (outcome === 'made') this.logger.log('A voice note has its words', about);
    else {
      const error = 'error' in heard ? heard.error : undefined;
      this.logger.warn('A voice note stays without words', { ...about, why: outcome, error });
    }
  }

  /** While it is listened to, other workers are kept from taking its conversation. */
  private async keeping(note: AwaitedNote, hearing: Promise<Heard>): Promise<Heard> {
    const timer = setInterval(() => {
      // If Redis is away, another worker may take it meanwhile: it is then heard twice, and given once.
      this.transcripts.notesOf(note.conversation).catch(() => undefined);
    }, LOOK_AGAIN_MS);
    return hearing.finally(() => clearInterval(timer));
  }

  private report(error: unknown): void {
    // Our own connections report an outage; the next look tries again.
    if (!(error instanceof StoreUnavailableError))
      this.logger.warn('Voice notes cannot be transcribed for now', { error: String(error) });
  }
}
