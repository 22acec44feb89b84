/** The interval of heartbeats, and how long after one a process counts as alive: four beats may be lost. */
export const HEARTBEAT = { everyMs: 2_000, aliveMs: 10_000 } as const;
