import type { ReadinessPart } from '@app/platform';
import type { MeetingPoint } from './meeting-point';

/** The other processes as a part of readiness: degraded but up, for messages are safe; down where policy says so. */
export function processesPart(meetingPoint: MeetingPoint, requireBatcher: boolean): ReadinessPart {
  return {
    name: 'processes',
    check: () => {
      const { findings } = meetingPoint;
      const missing = findings.find(({ code }) => code === 'no-batcher');
      if (requireBatcher && missing) {
        return Promise.reject(new Error(`${missing.message} (REQUIRE_BATCHER). ${missing.check}`));
      }
      return Promise.resolve({ degraded: findings.length > 0, findings });
    },
  };
}
