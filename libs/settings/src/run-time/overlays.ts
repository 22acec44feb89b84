import { versionOfSettings } from '@app/batching';
import { isCompanyId } from '@app/contracts';
import type { Ground } from '../companies/check-entry';
import { type Fault, nameOf } from '../companies/fault';
import { type BotSwitch, checkOverlay, type Overlaid, ROOT } from './check-overlay';

/** What stands in the place of a company's id for conversations that have none. */
export const NO_COMPANY = '-';

/** Settings that an operator has given a company at run time, as they are kept. */
export interface KeptOverlay {
  /** As a companies file would have them, and `bot`. */
  readonly settings: unknown;
  /** When, ms since the epoch, and the name of whose key. */
  readonly at: number;
  readonly by: string;
}

/** The same in this process. */
export interface Overlay extends KeptOverlay {
  readonly isOff: boolean;
  /** Null while they do not fit what the company goes by without them: then only the bot's switch is in effect. */
  readonly overlaid: Overlaid | null;
  /** Why not; none holds a value. */
  readonly problems: readonly string[];
}

const NO_SUCH_COMPANY = 'are those of a company that cannot exist; DELETE removes them';

interface Fitted {
  readonly text: string;
  readonly ground: Ground['settings'];
  readonly overlay: Overlay;
}

/** The settings that operators have given companies at run time, over what the environment and the companies file say. */
export class Overlays {
  private fitted: ReadonlyMap<string, Fitted> = new Map<string, Fitted>();

  /** @param groundOf what a company goes by without them. */
  constructor(private readonly groundOf: (company: string) => Ground) {}

  get size(): number {
    return this.fitted.size;
  }

  get all(): (readonly [company: string, overlay: Overlay])[] {
    return [...this.fitted].map(([company, { overlay }]) => [company, overlay] as const);
  }

  of(company: string): Overlay | undefined {
    return this.fitted.get(company)?.overlay;
  }

  /** Of what a company was given, also where that is nothing. */
  versionOf(company: string): string {
    return versionOfSettings(this.fitted.get(company)?.text ?? '');
  }

  /** From now on these are in effect, by company. */
  replace(texts: ReadonlyMap<string, string>): void {
    this.fitted = new Map([...texts].map(([company, text]) => [company, this.fit(company, text)]));
  }

  /** The companies file has changed: what is over it is checked anew. */
  refit(): void {
    this.replace(new Map([...this.fitted].map(([company, { text }]) => [company, text])));
  }

  /** What has not changed stays the same object. */
  private fit(company: string, text: string): Fitted {
    const ground = this.groundOf(company);
    const before = this.fitted.get(company);
    if (before?.text === text && before.ground === ground.settings) return before;
    return { text, ground: ground.settings, overlay: overlayOf(company, text, ground) };
  }
}

function overlayOf(company: string, text: string, ground: Ground): Overlay {
  const { settings, at, by } = parsed(text);
  const faults: Fault[] = [];
  if (company !== NO_COMPANY && !isCompanyId(company))
    faults.push({ path: [ROOT], problem: NO_SUCH_COMPANY });
  const overlaid = checkOverlay(settings, ground, faults);
  const bot = overlaid ? overlaid.bot : switchIn(settings);
  const problems = faults.map(({ path, problem }) => `${nameOf(path)} ${problem}`);
  const isFit = problems.length === 0;
  return { settings, at, by, isOff: bot === 'off', overlaid: isFit ? overlaid : null, problems };
}

/** Somebody may have written it by hand. */
function parsed(text: string): KeptOverlay {
  const { settings = null, at, by } = (jsonIn(text) ?? {}) as Partial<Record<keyof KeptOverlay, unknown>>;
  return { settings, at: typeof at === 'number' ? at : 0, by: typeof by === 'string' ? by : '' };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The order for the bot holds whatever else is wrong. */
function switchIn(settings: unknown): BotSwitch | null {
  const { bot } = (settings ?? {}) as { bot?: unknown };
  return bot === 'on' || bot === 'off' ? bot : null;
}
