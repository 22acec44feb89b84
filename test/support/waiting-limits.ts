import {
  type Burst,
  earlyStart,
  hold,
  type Played,
  type Score,
  score,
  supersede,
  type Waiting,
} from '@app/window';

/** The settings that are held to the limits, and the one that they are compared with. */
export const SETTINGS = {
  hold: hold(9_000),
  superseding: supersede(9_000),
  'early start': earlyStart(1_500, 9_000),
  'early start, 12 s': earlyStart(1_500, 12_000),
  'by habit': earlyStart(1_500, 9_000, { minMs: 4_000, maxMs: 15_000 }),
} as const;

type Setting = keyof typeof SETTINGS;

interface Limit {
  setting: Setting;
  measure: 'twice' | 'meanMs' | 'p90Ms' | 'calls';
  /** Times the value of `hold`. */
  most: number;
}

/** What superseding, an early start and a window by habit must come to, found on recorded chats. */
export const LIMITS: readonly Limit[] = [
  { setting: 'superseding', measure: 'twice', most: 0.75 },
  { setting: 'superseding', measure: 'meanMs', most: 1.002 },
  { setting: 'superseding', measure: 'calls', most: 1.002 },
  { setting: 'early start', measure: 'twice', most: 1 },
  { setting: 'early start', measure: 'meanMs', most: 0.72 },
  { setting: 'early start', measure: 'p90Ms', most: 0.68 },
  { setting: 'early start', measure: 'calls', most: 1.2 },
  { setting: 'early start, 12 s', measure: 'twice', most: 0.8 },
  { setting: 'early start, 12 s', measure: 'meanMs', most: 0.9 },
  { setting: 'by habit', measure: 'twice', most: 0.92 },
  { setting: 'by habit', measure: 'meanMs', most: 0.78 },
];

/** What each setting comes to, all played by the same means. */
export function scoresOf(
  bursts: readonly Burst[],
  playing: (waiting: Waiting) => (burst: Burst) => Played,
): Record<Setting, Score> {
  const scoreOf = (setting: Setting): Score => score(bursts, playing(SETTINGS[setting]));
  return {
    hold: scoreOf('hold'),
    superseding: scoreOf('superseding'),
    'early start': scoreOf('early start'),
    'early start, 12 s': scoreOf('early start, 12 s'),
    'by habit': scoreOf('by habit'),
  };
}

/** The limits that are broken, as `<setting>: <measure> <ratio> > <most>`. */
export function broken(scores: Record<Setting, Score>): string[] {
  return LIMITS.flatMap(({ setting, measure, most }) => {
    const ratio = scores[setting][measure] / scores.hold[measure];
    return ratio <= most ? [] : [`${setting}: ${measure} ${ratio.toFixed(3)} > ${most}`];
  });
}
