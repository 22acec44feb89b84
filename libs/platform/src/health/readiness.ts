import { Injectable, type OnModuleDestroy } from '@nestjs/common';

/** A part that the process needs to be of use; `check` rejects with the reason where it is down. */
export interface ReadinessPart {
  name: string;
  check(): Promise<Record<string, unknown>>;
  /** What of that everybody may see; by default nothing, for it may name servers and hosts. */
  inPublic?(details: Record<string, unknown>): Record<string, unknown>;
  /** False where this process has no such part; default true. */
  applies?(): boolean;
}

/** Injection token of the parts that readiness names. */
export const READINESS_PARTS = Symbol('READINESS_PARTS');

/** Injection token of the keys by which operators show themselves, who see all details; none: everybody sees them. */
export const OPERATOR_KEYS = Symbol('OPERATOR_KEYS');

/** Knows that the process is going down, before its connections do. */
@Injectable()
export class ShutdownState implements OnModuleDestroy {
  isShuttingDown = false;

  onModuleDestroy(): void {
    this.isShuttingDown = true;
  }
}
