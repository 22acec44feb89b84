import { Logger } from '@nestjs/common';
import { StandaloneConnector } from 'ioredis/built/connectors';
import type { StandaloneConnectionOptions } from 'ioredis/built/connectors/StandaloneConnector';

/** The server's report while a connection is made ready. */
interface Info {
  role?: string;
}

/**
 * Connects to the server behind an address only while that is a master. A failover behind one address leaves
 * the old master up as a replica: it still answers its clients, but accepts and publishes nothing new. The first connection
 * is taken as it is, because the server is checked as a whole at start.
 */
export class MasterConnector extends StandaloneConnector {
  private readonly logger = new Logger('Redis');
  private isFirst = true;
  private isSaid = false;

  constructor(options: unknown) {
    super(options as StandaloneConnectionOptions);
  }

  /** False makes the client connect again after its pause. */
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
