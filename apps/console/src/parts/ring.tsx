import type { JSX } from 'preact';

const RADIUS = 7;
const ROUND = 2 * Math.PI * RADIUS;

interface RingProps {
  /** What is left, from 0 to 1; null where nothing counts down. */
  left: number | null;
  kind: 'counts' | 'bot' | 'held';
  isMuted: boolean;
}

/** Counts down; the words beside it say the same. */
export function Ring({ left, kind, isMuted }: RingProps): JSX.Element {
  const shown = Math.min(1, Math.max(0, left ?? 0)) * ROUND;
  return (
    <svg
      class={`ring ${kind} ${isMuted ? 'muted' : ''}`}
      viewBox="0 0 20 20"
      width="20"
      height="20"
      aria-hidden="true"
    >
      <circle class="track" cx="10" cy="10" r={RADIUS} />
      {kind === 'counts' && left !== null && (
        <circle class="left" cx="10" cy="10" r={RADIUS} stroke-dasharray={`${shown} ${ROUND}`} />
      )}
      {kind === 'bot' && <circle class="disc" cx="10" cy="10" r="4" />}
      {kind === 'held' && <path class="bars" d="M8 7v6M12 7v6" />}
    </svg>
  );
}
