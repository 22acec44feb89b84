import type fc from 'fast-check';
import { type Conversation, conversationOf } from '@app/contracts';
import { assertInvariants } from './invariants';
import type { Model } from './model';
import type { World } from './world';

export type Command = fc.AsyncCommand<Model, World>;

/** Those of one customer of two companies, who must never share anything, and of a second who may turn out to be the first. */
export const CONVERSATIONS: Conversation[] = [
  conversationOf('79001234567', 1),
  conversationOf('79001234567', 2),
  conversationOf('wa-lid:241758390126644', 1),
];

/** The id under which the customer of the first conversation may write before it is known. */
export const ALIAS = CONVERSATIONS[2] as Conversation;
export const KNOWN = CONVERSATIONS[0] as Conversation;

/** A command that can always be tried; after it every invariant is checked. */
export function command(name: string, act: (model: Model, world: World) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (model, world) => {
      await act(model, world);
      await assertInvariants(world, model);
    },
    toString: () => name,
  };
}

/** Moves the time, also back, as a host clock that is set; the monotonic clock only goes on. */
export function pass(ms: number): Command {
  return command(`pass(${ms} ms)`, (model, world) => {
    model.pass(ms);
    world.monotonicMs += Math.max(0, ms);
    return Promise.resolve();
  });
}
