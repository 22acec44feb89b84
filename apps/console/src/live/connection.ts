import type { LiveChange, LiveSnapshot } from '@app/contracts';
import { ask, beginSession } from './http';
import { adminKey } from './key';
import { readEvents } from './server-sent-events';

/** `locked`: the key is needed. `lost`: what is shown is as old as the last event. `hidden`: nobody looks at this tab. */
export type Connection = 'connecting' | 'live' | 'lost' | 'locked' | 'hidden';

export interface Listener {
  connection(now: Connection): void;
  snapshot(data: LiveSnapshot): void;
  change(data: LiveChange): void;
}

const AGAIN_MS = 1_000;
const AGAIN_AT_MOST_MS = 5_000;
/** Twice the heartbeat and more: a connection that is silent for so long is none. */
const SILENT_MS = 12_000;

/** Keeps the stream of events open while the tab is seen; each new beginning is a fresh snapshot. */
export class LiveConnection {
  private current: AbortController | null = null;
  private failures = 0;
  private timer = 0;
  private watchdog = 0;

  constructor(private readonly listener: Listener) {}

  start(): void {
    document.addEventListener('visibilitychange', this.onVisibility);
    this.open();
  }

  stop(): void {
    document.removeEventListener('visibilitychange', this.onVisibility);
    this.close();
  }

  /** Tries at once, as behind a key that was entered. */
  again(): void {
    this.close();
    this.failures = 0;
    this.open();
  }

  private readonly onVisibility = (): void => {
    if (document.hidden) {
      this.close();
      this.listener.connection('hidden');
    } else this.again();
  };

  private open(): void {
    const controller = new AbortController();
    this.current = controller;
    this.listener.connection(this.failures === 0 ? 'connecting' : 'lost');
    this.read(controller)
      .catch(() => 'lost' as const)
      .then((end) => {
        if (this.current !== controller) return;
        this.current = null;
        clearTimeout(this.watchdog);
        this.listener.connection(end);
        if (end === 'lost') this.openLater();
      })
      .catch(() => undefined);
  }

  private close(): void {
    clearTimeout(this.timer);
    clearTimeout(this.watchdog);
    const { current } = this;
    this.current = null;
    current?.abort();
  }

  private openLater(): void {
    this.failures += 1;
    const delayMs = Math.min(AGAIN_MS * this.failures, AGAIN_AT_MOST_MS);
    this.timer = window.setTimeout(() => this.open(), delayMs);
  }

  private async read(controller: AbortController): Promise<'lost' | 'locked'> {
    const { signal } = controller;
    const request = { signal, headers: { accept: 'text/event-stream' } };
    let response = await ask('/live/events', request);
    const key = adminKey.get();
    // The session is over, and the tab still has the key.
    if (response.status === 401 && key !== null && (await beginSession(key)) === 200)
      response = await ask('/live/events', request);
    if (response.status === 401) return 'locked';
    if (!response.ok || response.body === null) return 'lost';
    this.alive(controller);
    for await (const { event, data } of readEvents(response.body)) {
      this.alive(controller);
      this.hear(event, data);
    }
    return 'lost';
  }

  private alive(controller: AbortController): void {
    clearTimeout(this.watchdog);
    this.watchdog = window.setTimeout(() => controller.abort(), SILENT_MS);
  }

  private hear(event: string, data: string): void {
    if (event === 'change') this.listener.change(JSON.parse(data) as LiveChange);
    if (event !== 'snapshot') return;
    this.failures = 0;
    this.listener.snapshot(JSON.parse(data) as LiveSnapshot);
    this.listener.connection('live');
  }
}
