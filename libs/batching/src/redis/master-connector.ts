import { Logger } from '@nestjs/common';
import { StandaloneConnector } from 'ioredis/built/connectors';
import type { StandaloneConnectionOptions } from 'ioredis/built/connectors/StandaloneConnector';

/** What a server says of itself while a connection is made ready. */
interface Info {
  role?: string;
}

/**
 * Connects to the server that an address leads to for as long as that is a master. A failover behind one address leaves
 * the old master up as a replica: it answers whoever stays, and takes or tells nothing new. The first connection is
 * taken as it is, for what a process starts on is judged as a whole.
 */
export class MasterConnector extends StandaloneConnector {
  private readonly logger = new Logger('Redis');
  private isFirst = true;
  private isSaid = false;

  constructor(options: unknown) {
    super(options as StandaloneConnectionOptions);
  }

  /** False has the client connect anew after its pause. */
  override check({ role }: Info): boolean {
    const isMaster = this.isFirst || role !== 'slave';
    this.isFirst = false;
    if (!isMaster && !this.isSaid) {
      this.logger.warn(
        'Redis is a replica now and takes no writes: connecting anew until its address leads to a master',
      );
    }
    this.isSaid = !isMaster;
    return isMaster;
  }
}
