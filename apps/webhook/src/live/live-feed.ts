import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { LiveReader, outageInShort } from '@app/batching';
import type { BotOff, LiveChange, LiveSnapshot, LiveState } from '@app/contracts';
import { VERSION } from '@app/platform';
import { SETTINGS, type Settings } from '@app/settings';
import { changeBetween } from './live-change';

/** A page that looks. */
export interface Watcher {
  send(event: 'snapshot' | 'change' | 'beat', data: LiveSnapshot | LiveChange | object): void;
  end(): void;
}

/** From the end of one look to the next, ms: a change is seen within a second. */
const EVERY_MS = 500;
/** The longest silence, ms: a page, and a proxy between, can tell that its connection is alive. */
const BEAT_MS = 5_000;

/**
 * What the live page shows, for everybody who looks: Redis is read once for all of them, and by nobody while nobody looks. Each
 * gets a snapshot first, then changes.
 */
@Injectable()
export class LiveFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Live');
  private readonly watchers = new Set<Watcher>();
  private latest: LiveSnapshot | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isLooking = false;
  private isClosed = false;
  private toldAtMs = 0;

  constructor(
    private readonly reader: LiveReader,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @returns ends it. */
  watch(watcher: Watcher): () => void {
    if (this.isClosed) {
      watcher.end();
      return () => undefined;
    }
    this.watchers.add(watcher);
    if (this.latest !== null) watcher.send('snapshot', this.latest);
    if (!this.isLooking && this.timer === null) this.look();
    return () => this.leave(watcher);
  }

  /** An open stream would keep the server from closing; the page finds another process, or this one once it is back. */
  beforeApplicationShutdown(): void {
    this.isClosed = true;
    for (const watcher of this.watchers) {
      this.leave(watcher);
      watcher.end();
    }
  }

  private leave(watcher: Watcher): void {
    this.watchers.delete(watcher);
    if (this.watchers.size > 0) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    // The next who looks begins with what is true then.
    this.latest = null;
  }

  private look(): void {
    this.isLooking = true;
    this.read()
      .then((seen) => this.tell(seen))
      .catch((error: unknown) => this.logger.error('A look failed', { error: String(error) }))
      .finally(() => {
        this.isLooking = false;
        if (this.watchers.size > 0) this.timer = setTimeout(() => this.lookAgain(), EVERY_MS);
      });
  }

  private lookAgain(): void {
    this.timer = null;
    this.look();
  }

  private async read(): Promise<LiveSnapshot> {
    try {
      const seen = await this.reader.read();
      Object.assign(seen.state, { botsOff: this.botsOff });
      return seen;
    } catch (error) {
      const { latest } = this;
      const state = latest?.state ?? this.unseen();
      const trouble = { trouble: outageInShort(error), botsOff: this.botsOff };
      return {
        at: latest?.at ?? Date.now(),
        state: Object.assign({}, state, this.reader.processes, trouble),
        windows: latest?.windows ?? [],
        more: latest?.more ?? 0,
      };
    }
  }

  private tell(seen: LiveSnapshot): void {
    if (this.watchers.size === 0) return;
    const { latest } = this;
    this.latest = seen;
    const change = latest && changeBetween(latest, seen);
    if (latest === null) this.sendAll('snapshot', seen);
    else if (change !== null) this.sendAll('change', change);
    else if (performance.now() - this.toldAtMs >= BEAT_MS) this.sendAll('beat', {});
  }

  private sendAll(event: 'snapshot' | 'change' | 'beat', data: object): void {
    this.toldAtMs = performance.now();
    for (const watcher of this.watchers) watcher.send(event, data);
  }

  private get botsOff(): BotOff[] {
    const { all } = this.settings.companies.overlays;
    return all.flatMap(([company, { isOff, at, by }]) => (isOff ? [{ company, at, by }] : []));
  }

  private unseen(): LiveState {
    const { environment, window, turns } = this.settings;
    return {
      environment,
      version: VERSION,
      processes: {},
      findings: [],
      trouble: null,
      open: 0,
      messages: 0,
      turns: 0,
      deadLetters: { batcher: 0, worker: 0 },
      pausedSince: null,
      bot: null,
      botMs: null,
      quietMs: window.quietMs,
      hasDrafts: turns.start !== null,
    };
  }
}
