import { call, type Unread, whyNot } from './http';

/** A setting, and what it comes to; of `GET /admin/window-report`. */
export interface Row {
  kind: 'hold' | 'supersede' | 'early-start';
  windowMs: number;
  startMs: number;
  variables: Record<string, string>;
  isPresent: boolean;
  /** Share of the bursts that are answered more than once, and how far off that may be. */
  twice: number;
  margin: number;
  /** From the last message to the last answer, ms. */
  meanMs: number;
  calls: number;
}

export interface Report {
  data: { batches: number; bursts: number; customers: number; from: number | null; to: number | null };
  settings: Row[];
  advice: { recommended: Row } | null;
  shortage: { days: number | null } | null;
  /** How many pauses lasted from 0 to 1 s, from 1 to 2 s, and so on. */
  gaps: number[];
}

export async function readReport(): Promise<Report | Unread> {
  const answer = await call<Report>('GET', '/admin/window-report');
  return answer.status === 200 ? answer.body : whyNot(answer);
}

/** The windows that are compared, ms, shortest first. */
export function windowsIn({ settings }: Report): number[] {
  return [...new Set(settings.map(({ windowMs }) => windowMs))].sort((one, other) => one - other);
}

/** The settings with this window: one of each kind, of several the quickest. */
export function rowsAt({ settings }: Report, windowMs: number): Row[] {
  const rows = settings.filter((row) => row.windowMs === windowMs);
  return (['hold', 'supersede', 'early-start'] as const).flatMap((kind) => {
    const own = rows.filter((row) => row.kind === kind).sort((one, other) => one.meanMs - other.meanMs);
    return own.slice(0, 1);
  });
}
