import type { AwaitedNote, Transcripts } from '@app/batching';
import { type Conversation, conversationOf } from '@app/contracts';
import { eventually } from '../../../../test/support/eventually';
import type { Heard, Listener } from './listener';
import type { TranscriptionMetrics } from './transcription.metrics';
import { VoiceNotes } from './voice-notes';

const HANGS = 7;
const ANSWERS = 8;

/** Notes that wait, and are given to whoever looks, those longest in nobody's hands first. */
class Waiting {
  readonly words: string[] = [];
  private readonly open: Conversation[] = [];

  add(...conversations: Conversation[]): void {
    this.open.push(...conversations);
  }

  take(limit: number): Promise<Conversation[]> {
    return Promise.resolve(this.open.splice(0, limit));
  }

  leave(conversation: Conversation): Promise<void> {
    this.open.push(conversation);
    return Promise.resolve();
  }

  notesOf(conversation: Conversation): Promise<AwaitedNote[]> {
    const message = { seq: 1, source: { gateway: 'waha' } };
    const isOpen = !this.words.includes(conversation.id);
    return Promise.resolve(isOpen ? [{ conversation, message, leftMs: 30_000 } as AwaitedNote] : []);
  }

  give({ conversation }: AwaitedNote): Promise<'given'> {
    this.words.push(conversation.id);
    return Promise.resolve('given');
  }
}

/** A gateway of the one company that never answers, and of all others that does. */
const listener = {
  hear: ({ conversation }: AwaitedNote, signal: AbortSignal): Promise<Heard> =>
    conversation.companyId === HANGS
      ? new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)))
      : Promise.resolve({ text: 'words' }),
} as unknown as Listener;

describe('voice notes', () => {
  it('of a company whose gateway hangs keep none of another company waiting', async () => {
    const waiting = new Waiting();
    const notes = new VoiceNotes(
      waiting as unknown as Transcripts,
      listener,
      { ended: () => undefined } as unknown as TranscriptionMetrics,
      { transcription: { url: 'http://transcriber.test' } } as never,
    );
    for (let i = 0; i < 50; i += 1) waiting.add(conversationOf(`7900000${1_000 + i}`, HANGS));
    const other = conversationOf('79001234567', ANSWERS);
    waiting.add(other);
    notes.onApplicationBootstrap();
    const heard = await eventually(
      'the note of the other company',
      () => Promise.resolve(waiting.words),
      ({ length }) => length > 0,
    ).finally(() => notes.beforeApplicationShutdown());
    expect(heard).toEqual([other.id]);
  });
});
