import { Redis } from 'ioredis';

// Few enough that Redis works on the first while the next are still being read, enough to make a write worthwhile.
const AT_ONCE = 16;

/**
 * Sends the commands of one turn of the event loop in few writes, and hands each reply on as it comes. ioredis's own
 * pipelines leave when the turn is over and hand no reply on before the last is there: with many callers, they and
 * Redis would wait for each other in turns.
 */
export class CoalescingRedis extends Redis {
  private corked: Redis['stream'] | null = null;
  private held = 0;

  override sendCommand(...[command, stream]: Parameters<Redis['sendCommand']>): unknown {
    if (!this.corked && this.status === 'ready') {
      this.corked = this.stream;
      this.corked.cork();
      setImmediate(() => this.send());
    }
    const reply = super.sendCommand(command, stream);
    this.held += 1;
    if (this.held === AT_ONCE) this.send();
    return reply;
  }

  private send(): void {
    this.corked?.uncork();
    this.corked = null;
    this.held = 0;
  }
}
