/** How often a process shows itself, and for how long after it counts as alive: four beats may be lost. */
export const HEARTBEAT = { everyMs: 2_000, aliveMs: 10_000 } as const;
