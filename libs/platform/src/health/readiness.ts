import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** A part that the process needs to serve; `check` rejects with the reason if it is down. */
export interface ReadinessPart {
  name: string;
  check(): Promise<Record<string, unknown>>;
  /** The details that are public; by default none, because they may name servers and hosts. */
  inPublic?(details: Record<string, unknown>): Record<string, unknown>;
  /** False if this process has no such part; default true. */
  applies?(): boolean;
}

/** Injection token of the parts that readiness names. */
export const READINESS_PARTS = Symbol('READINESS_PARTS');

/** Knows that the process is shutting down before its connections close. */
@Injectable()
export class ShutdownState implements OnModuleDestroy {
  isShuttingDown = false;

  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }
}
