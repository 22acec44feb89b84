import type { BotStage } from './bot-stage';
import { eventually } from './eventually';
import type { Answerer, Heard } from './stand-in';

/** Customers of one stage, whose bot does something else about each of them; for tests that run side by side. */
export class Customers {
  private readonly all: Customer[] = [];

  constructor(private readonly stage: BotStage) {
    stage.bot.answer = (heard, response) => this.of(heard)?.bot(heard, response);
    const sent = stage.gateway.answer;
    stage.gateway.answer = (heard, response) => (this.of(heard)?.gateway ?? sent)(heard, response);
  }

  /** One who has not written yet. */
  next(bot: Answerer): Customer {
    const customer = new Customer(this.stage, `790010${String(this.all.length + 1).padStart(5, '0')}`, bot);
    this.all.push(customer);
    return customer;
  }

  /** The one whom a call is about; that of a file names its customer in the path. */
  private of({ path, body }: Heard): Customer | undefined {
    return this.all.find(({ phone }) => path.includes(phone) || body.includes(phone));
  }
}

export class Customer {
  /** What the gateway's API answers to a reply; default: what it answers to all. */
  gateway: Answerer | undefined;

  constructor(
    private readonly stage: BotStage,
    readonly phone: string,
    public bot: Answerer,
  ) {}

  write(text: string): Promise<void> {
    return this.stage.write(this.phone, text);
  }

  /** What the bot has been asked so far. */
  get calls(): Heard[] {
    return this.stage.bot.heard.filter(({ body }) => body.includes(this.phone));
  }

  /** What the gateway has been asked to send so far. */
  get replies(): Heard[] {
    return this.stage.gateway.heard.filter(({ body }) => body.includes(this.phone));
  }

  /** Resolves with the bot's calls, once there are this many. */
  called(howMany: number): Promise<Heard[]> {
    return thereAre(howMany, 'calls', () => this.calls);
  }

  /** Resolves with the replies, once there are this many. */
  answered(howMany: number): Promise<Heard[]> {
    return thereAre(howMany, 'replies', () => this.replies);
  }
}

function thereAre(howMany: number, what: string, all: () => Heard[]): Promise<Heard[]> {
  return eventually(
    `${howMany} ${what}`,
    () => Promise.resolve(all()),
    ({ length }) => length >= howMany,
  );
}
