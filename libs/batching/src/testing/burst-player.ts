import { type Conversation, conversationOf } from '@app/contracts';
import type { BotTime, Burst, Played } from '@app/window';
import type { Claim } from '../hand-off/claims';
import { earliest } from '../store/earliest';
import { type Turn, Turns } from '../turns/turns';
import { Agenda } from './agenda';
import type { TestBatching } from './batching';
import { aMessage } from './messages';

/** A burst begins so long after the one before it, ms: many are played at a time, and few in the same millisecond. */
const APART_MS = 97;
const LOOKED_AT_ONCE = 50;

/** One burst on its way. */
interface Course {
  burst: Burst;
  /** When it begins, ms since the epoch. */
  beginsAt: number;
  played: Played;
}

/** The bot has thought about a batch. */
interface Thought {
  course: Course;
  turn: Turn;
  messages: number;
}

/**
 * Plays bursts through the scripts of a real Redis, each as a conversation of its own, all on one clock that jumps from
 * event to event: messages are appended when they come, what is due is claimed and settled at once, the bot takes the time
 * that it is given. The queue is left out: a job begins in the millisecond in which it is settled.
 */
export class BurstPlayer {
  private readonly courses = new Map<string, Course>();
  private readonly messages = new Agenda<Course>();
  private readonly thoughts = new Agenda<Thought>();
  private readonly turns: Turns;

  constructor(
    private readonly batching: TestBatching,
    private readonly bot: BotTime,
  ) {
    this.turns = new Turns(batching.store);
  }

  /** What became of each burst, by its own clock, in their order. */
  async play(bursts: readonly Burst[]): Promise<Played[]> {
    await this.turns.showWorker();
    const courses = bursts.map((burst, i) => this.begin(burst, this.batching.now + i * APART_MS));
    while (await this.advance());
    return courses.map(({ played }) => played);
  }

  private begin(burst: Burst, beginsAt: number): Course {
    const course = { burst, beginsAt, played: { answers: [], calls: 0 } };
    this.courses.set(conversationOfBurst(burst).id, course);
    for (const at of burst.at) this.messages.note(beginsAt + at, course);
    return course;
  }

  /** Does what is to be done now, then moves the clock to what comes next; false if nothing does. */
  private async advance(): Promise<boolean> {
    const { batching } = this;
    // A message of this very millisecond is in time.
    for (let course; (course = this.messages.take(batching.now));)
      await batching.batches.append(conversationOfBurst(course.burst), aMessage('x'));
    for (let thought; (thought = this.thoughts.take(batching.now));) await this.answer(thought);
    const due = await batching.claims.due(LOOKED_AT_ONCE);
    if (due.conversations.length > 0) {
      await this.handOff(due.conversations);
      return true;
    }
    const next = earliest([this.messages.nextAt, this.thoughts.nextAt, due.next?.at ?? null]);
    if (next === null) return false;
    batching.now = next;
    return true;
  }

  private async handOff(conversationIds: readonly string[]): Promise<void> {
    const claims = await this.batching.claims.claimEach(conversationIds);
    await this.batching.claims.settleEach(claims);
    for (const claim of claims) await this.ask(claim);
  }

  private async ask({ conversation, batchId, messages }: Claim): Promise<void> {
    const course = this.courses.get(conversation.id) as Course;
    const turn = await this.turns.begin(conversation, { batchId });
    if (typeof turn === 'string') throw new Error(`the batch ${batchId} could not begin: ${turn}`);
    const takesMs = this.bot(course.burst.id, course.played.calls++);
    this.thoughts.note(this.batching.now + takesMs, { course, turn, messages: messages.length });
  }

  private async answer({ course: { beginsAt, played }, turn, messages }: Thought): Promise<void> {
    played.answers.push({ at: this.batching.now - beginsAt, messages });
    await this.turns.end(turn);
  }
}

function conversationOfBurst({ id }: Burst): Conversation {
  return conversationOf(String(70_000_000_000 + id), null);
}
