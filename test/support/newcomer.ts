import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminClient } from './admin-client';
import { KEY, type StandInBot } from './bots/stand-in-bot';
import { eventually, pause } from './eventually';
import { NpmStart } from './npm-start';
import { UNHURRIED } from './patience';
import { type Heard, sendJson, StandIn } from './stand-in';

export const POLICIES = ['hold', 'supersede'] as const;
export type Policy = (typeof POLICIES)[number];

/** Of the newcomer's bot. */
export const TIMEOUT_MS = 3_000;
/** So that a test need not wait: a short silence, and few attempts close together. */
const QUICK = {
  BATCH_TIMEOUT: '300',
  BOT_TIMEOUT: String(TIMEOUT_MS),
  BOT_MAX_ATTEMPTS: '3',
  BOT_RETRY_DELAY: '100',
};

type Entry = Record<string, unknown>;

/** The company of the newcomer whose bot is superseded; the one who holds has none. */
const COMPANY = '2';

/**
 * A newcomer's system with three variables for their bot, and in it a company of its own bot and policy: two systems would
 * start twice as many processes.
 */
export class NewcomerSystem {
  private constructor(
    /** One for each policy. */
    readonly newcomers: readonly Newcomer[],
    private readonly system: NpmStart,
    private readonly standIns: readonly StandIn[],
    private readonly folder: string,
  ) {}

  static async start(make: () => StandInBot): Promise<NewcomerSystem> {
    const [gateway, ...bots] = await Promise.all([StandIn.start(), StandIn.start(), StandIn.start()]);
    const folder = await mkdtemp(join(tmpdir(), 'rapid-fire-newcomer-'));
    const companies = join(folder, 'companies.yaml');
    // JSON is YAML, too.
    const company = {
      busyPolicy: 'supersede',
      bot: { ...asCompanys(botOf(make(), bots[1])), timeout: TIMEOUT_MS },
    };
    await writeFile(companies, JSON.stringify({ companies: { [COMPANY]: company } }));
    const system = await NpmStart.start({
      ...botOf(make(), bots[0]),
      ...{ VENOM_SENDER_URL: gateway.url, COMPANIES_FILE: companies, ...QUICK, ...UNHURRIED },
    });
    const newcomers = POLICIES.map(
      (policy, nth) => new Newcomer(policy, make(), system, bots[nth] as StandIn, gateway),
    );
    return new NewcomerSystem(newcomers, system, [gateway, ...bots], folder);
  }

  /** Resolves with what `npm start` printed. */
  async stop(): Promise<string> {
    await Promise.all(this.newcomers.map((newcomer) => newcomer.leave()));
    expect(await this.system.stop()).toBe(0);
    await Promise.all(this.standIns.map((standIn) => standIn.stop()));
    await rm(this.folder, { recursive: true });
    return this.system.output;
  }
}

/** The variables of a bot that listens there. */
function botOf({ preset, path, variables, wantsKey }: StandInBot, bot: StandIn): Record<string, string> {
  return {
    BOT_URL: new URL(path, bot.url).href,
    BOT_PRESET: preset,
    ...(wantsKey && { BOT_API_KEY: KEY }),
    ...variables,
  };
}

/** The same as a company's entry has it: `BOT_API_KEY` is `apiKey` there. */
function asCompanys(variables: Record<string, string>): Record<string, string> {
  const keyOf = (name: string): string =>
    name
      .replace('BOT_', '')
      .toLowerCase()
      .replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [keyOf(name), value]));
}

/** Writes to a system as the customers of one bot. */
export class Newcomer {
  private phones = 0;
  private isOver = false;
  private readonly others: Promise<void>;
  private readonly held: (() => void)[] = [];
  private readonly admin: AdminClient;
  private readonly companyId: string | null;

  constructor(
    readonly policy: Policy,
    private readonly product: StandInBot,
    system: NpmStart,
    private readonly bot: StandIn,
    private readonly gateway: StandIn,
  ) {
    this.admin = new AdminClient(system);
    this.companyId = policy === 'supersede' ? COMPANY : null;
    bot.answer = (heard, response) => this.answer(heard, response);
    this.others = this.writeWhatIsAnswered();
  }

  leave(): Promise<void> {
    this.isOver = true;
    return this.others;
  }

  aPhone(): string {
    return `79006${POLICIES.indexOf(this.policy)}0${String((this.phones += 1)).padStart(4, '0')}`;
  }

  /** Fragments that belong together; repeated as gateways do while the system answers 503. */
  async write(phone: string, ...texts: string[]): Promise<void> {
    const messages = texts.map((message) => ({ phone, message, messageId: randomUUID() }));
    const company = this.companyId && { companyId: this.companyId };
    const { status } = await eventually(
      'an answer other than 503',
      () => this.admin.post('/webhook/whatsapp/batched', { messages, ...company }),
      (answer) => answer.status !== 503,
    );
    expect(status).toBe(200);
  }

  /** Resolves with what the customer was sent, once there is so much. */
  async sent(phone: string, howMany: number): Promise<string[]> {
    const sent = (): string[] =>
      this.gateway.heard
        .map(({ body }) => JSON.parse(body) as { phone: string; text: string })
        .flatMap((reply) => (reply.phone === phone ? [reply.text] : []));
    return eventually(
      `${howMany} replies`,
      () => Promise.resolve(sent()),
      ({ length }) => length >= howMany,
    );
  }

  callsAbout(words: string): Promise<number> {
    return Promise.resolve(this.bot.heard.filter(({ body }) => body.includes(words)).length);
  }

  /** The bot answers what it was thinking about. */
  release(): void {
    for (const answer of this.held.splice(0)) answer();
  }

  async deadLetter(phone: string): Promise<Entry> {
    return this.entry('/admin/dead-letters?limit=100', 'items', {
      conversationId: this.companyId === null ? phone : `${this.companyId}:${phone}`,
    });
  }

  async attempt(phone: string): Promise<Entry> {
    const ofCompany = this.companyId === null ? '' : `?companyId=${this.companyId}`;
    return this.entry(`/admin/conversations/${phone}/timeline${ofCompany}`, 'entries', { kind: 'attempt' });
  }

  async unreadable(batchId: unknown): Promise<Entry> {
    const of = (entry: Entry): boolean => (entry.body as Entry).batchId === batchId;
    return this.entry('/admin/unreadable', 'items', { gateway: 'bot' }, of);
  }

  /** The first that is like this, once there is one. */
  private async entry(
    path: string,
    list: string,
    like: Entry,
    of: (entry: Entry) => boolean = () => true,
  ): Promise<Entry> {
    const isIt = (entry: Entry): boolean =>
      Object.entries(like).every(([name, value]) => entry[name] === value) && of(entry);
    const found = await eventually(
      `${JSON.stringify(like)} at ${path}`,
      // None while the system answers 503.
      async () => ((await this.admin.get(path)).body[list] ?? []) as Entry[],
      (entries) => entries.some(isIt),
    );
    return found.find(isIt) as Entry;
  }

  /** As the product does, but for those who write of a fault. */
  private answer(heard: Heard, response: ServerResponse): void {
    const { body } = heard;
    const says = (words: string): boolean => body.includes(words);
    const asAlways = (): void => this.product.answer(heard, response);
    if (says('wrong key')) this.product.answer({ ...heard, headers: {} }, response);
    else if (says('fails')) sendJson(response, 500, { error: 'no' });
    else if (says('recovers') && this.bot.heard.filter((one) => one.body.includes('recovers')).length === 1)
      sendJson(response, 500, { error: 'not yet' });
    else if (says('is silent')) response.writeHead(200).end();
    else if (says('is odd'))
      response.writeHead(200, { 'content-type': 'application/json' }).end(this.product.oddAnswer);
    else if (says('thinks') && !says('and more')) this.held.push(asAlways);
    else if (!says('hangs')) asAlways();
  }

  /** Others are answered meanwhile: without them nothing would tell a message that the bot fails over from a bot that is away. */
  private async writeWhatIsAnswered(): Promise<void> {
    for (let n = 0; !this.isOver; n += 1) {
      await this.write(`79007${POLICIES.indexOf(this.policy)}0${String(n % 50).padStart(4, '0')}`, 'Hello');
      await pause(400);
    }
  }
}
