import assert from 'node:assert/strict';
import type { Conversation } from '@app/contracts';
import { type Command, command } from './command';
import type { Model } from './model';

// Longer than any history.
const FOR_GOOD_MS = 10_000_000_000_000;

/** An operator holds a conversation for so long from now, also for a shorter time than it is held, or not at all. */
export function holdFor(c: Conversation, holdMs: number): Command {
  return command(`holdFor(${c.id}, ${holdMs} ms)`, async (model, world) => {
    const expected = model.home(c.id);
    if (holdMs > 0 && model.maySupersede(expected, 0, 0)) model.supersede(expected);
    expected.heldUntil = holdMs > 0 ? model.now + holdMs : 0;
    assert.equal(await world.steering.hold(c, holdMs), expected.heldUntil || null);
  });
}

/** An operator mutes the bot for a time, for good (null), or no longer. */
export function mute(c: Conversation, forMs: number | null): Command {
  return command(`mute(${c.id}, ${forMs} ms)`, async (model, world) => {
    const expected = model.home(c.id);
    if (forMs !== 0 && model.maySupersede(expected, 0, 0)) model.supersede(expected);
    expected.mutedUntil = endOf(model, forMs);
    if (forMs !== 0) expected.startAt = 0;
    assert.equal(await world.steering.mute(c, forMs), (forMs && expected.mutedUntil) || null);
  });
}

/** An operator blocks a customer for a time, for good (null), or no longer. */
export function block(c: Conversation, forMs: number | null): Command {
  return command(`block(${c.id}, ${forMs} ms)`, async (model, world) => {
    const expected = model.home(c.id);
    expected.blockedUntil = endOf(model, forMs);
    assert.equal(await world.steering.block(c, forMs), (forMs && expected.blockedUntil) || null);
  });
}

function endOf({ now }: Model, forMs: number | null): number {
  return forMs === 0 ? 0 : now + (forMs ?? FOR_GOOD_MS);
}
