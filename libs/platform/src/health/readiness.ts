import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** A part that the process needs to be of use; `check` rejects with the reason where it is down. */
export interface ReadinessPart {
  name: string;
  check(): Promise<Record<string, unknown>>;
}

/** Injection token of the parts that readiness names. */
export const READINESS_PARTS = Symbol('READINESS_PARTS');

/** Knows that the process is going down, before its connections do. */
@Injectable()
export class ShutdownState implements OnModuleDestroy {
  isShuttingDown = false;

  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }
}
