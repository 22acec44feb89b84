import { type Conversation, conversationOf } from '@app/contracts';
import type { BotTime, Burst, Played } from '@app/window';
import type { Claim } from '../hand-off/claims';
import { earliest } from '../store/earliest';
import { type Turn, Turns } from '../turns/turns';
import { Agenda } from './agenda';
import type { TestBatching } from './batching';
import { aMessage } from './messages';

/** So many customers begin in one millisecond, and are called for and answered in lots. */
const TOGETHER = 20;
/** From one such lot to the next, ms: a hundred of bursts are on their way at a time. */
const APART_MS = 2_345;
/** From one burst of a customer to the next, ms: the one before it is answered by then. */
const NEXT_BURST_MS = 3_600_000;
const LOOKED_AT_ONCE = 50;

/** One burst on its way. */
interface Course {
  burst: Burst;
  conversation: Conversation;
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
 * Plays bursts through the scripts of a real Redis, each customer's one after another, all on one clock that jumps from event
 * to event: messages are appended when they come, what is due is claimed and settled at once, the bot takes the time
 * that it is given. The queue is left out: a job begins in the millisecond in which it is settled.
 */
export class BurstPlayer {
  /** The burst that each conversation is in. */
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
    const nextAt = new Map<string, number>();
    const customers = [...new Set(bursts.map(({ customer }) => customer))];
    const startsAt = this.batching.now;
    const courses = bursts.map((burst) => {
      const number = customers.indexOf(burst.customer);
      const beginsAt = nextAt.get(burst.customer) ?? startsAt + Math.floor(number / TOGETHER) * APART_MS;
      nextAt.set(burst.customer, beginsAt + NEXT_BURST_MS);
      return this.note(burst, conversationOf(String(70_000_000_000 + number), null), beginsAt);
    });
    while (await this.advance());
    return courses.map(({ played }) => played);
  }

  private note(burst: Burst, conversation: Conversation, beginsAt: number): Course {
    const course = { burst, conversation, beginsAt, played: { answers: [], calls: 0 } };
    for (const at of burst.at) this.messages.note(beginsAt + at, course);
    return course;
  }

  /** Does what is to be done now, then moves the clock to what comes next; false if nothing does. */
  private async advance(): Promise<boolean> {
    const { batching } = this;
    // A message of this very millisecond is in time.
    await Promise.all(this.messages.take(batching.now).map((course) => this.append(course)));
    await Promise.all(this.thoughts.take(batching.now).map((thought) => this.answer(thought)));
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

  private async append(course: Course): Promise<void> {
    this.courses.set(course.conversation.id, course);
    await this.batching.batches.append(course.conversation, aMessage('x'));
  }

  private async handOff(conversationIds: readonly string[]): Promise<void> {
    const claims = await this.batching.claims.claimEach(conversationIds);
    await this.batching.claims.settleEach(claims);
    await Promise.all(claims.map((claim) => this.ask(claim)));
  }

  private async ask({ conversation, batchId, answerAt, messages }: Claim): Promise<void> {
    const course = this.courses.get(conversation.id) as Course;
    const turn = await this.turns.begin(conversation, {
      batchId,
      ...(answerAt !== null && { final: false }),
    });
    if (typeof turn === 'string') throw new Error(`the batch ${batchId} could not begin: ${turn}`);
    const takesMs = this.bot(course.burst.id, course.played.calls++);
    this.thoughts.note(this.batching.now + takesMs, { course, turn, messages: messages.length });
  }

  /** Commits the bot's answer, if nothing has superseded it: now, or when the scripts say. */
  private async answer(thought: Thought): Promise<void> {
    const { course, turn, messages } = thought;
    const reply = await this.turns.commit(turn);
    switch (reply.outcome) {
      case 'committed':
        course.played.answers.push({ at: this.batching.now - course.beginsAt, messages });
        await this.turns.end(turn, { isDelivered: true, hasAnswered: true });
        return;
      case 'wait':
        this.thoughts.note(this.batching.now + reply.waitMs, thought);
        return;
      case 'superseded':
        return;
      case 'muted':
      case 'stale':
        throw new Error(`the answer to ${turn.batchId} may not be sent: ${reply.outcome}`);
    }
  }
}
