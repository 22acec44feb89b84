/**
 * Tests that wait most of the time: all are begun before the first of them, each in a conversation or on a system of its
 * own. Jest's `test.concurrent` would begin them before `beforeAll`.
 *
 * @param plays name of each test → what it does
 */
export function sideBySide(plays: Record<string, () => Promise<void>>): void {
  const begun = new Map<string, Promise<void>>();

  beforeAll(() => {
    for (const [name, play] of Object.entries(plays)) {
      const played = play();
      // Its test reports it, and may be awaited only later.
      played.catch(() => undefined);
      begun.set(name, played);
    }
  });

  it.each(Object.keys(plays))('%s', (name) => begun.get(name));
}
