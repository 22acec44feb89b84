import fc from 'fast-check';
import { edit, revoke } from './change-commands';
import { ALIAS, type Command, CONVERSATIONS, KNOWN, pass } from './command';
import { give, switchBot } from './company-commands';
import { append, hold, learnAlias, redeliver, type } from './customer-commands';
import { clear, discard, erase, flush, redrive, resume, stop } from './operator-commands';
import { bury, claim, crash, handOff, outlive, release, settle } from './owner-commands';
import { block, holdFor, mute } from './steering-commands';
import { sweep } from './sweep-command';
import { hear } from './transcript-commands';
import { begin, done, end, judge, showWorker } from './turn-commands';

const conversation = fc.constantFrom(...CONVERSATIONS);
const owner = fc.nat(2);
const target = fc.record({ conversation, pick: fc.nat(7), isEarly: fc.boolean(), hasHint: fc.boolean() });

/** What leads a batch to the bot and its answer back, so often that most histories get there. */
export const TO_THE_BOT_AND_BACK: readonly fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 8 }, () => [
    fc.constantFrom(KNOWN, KNOWN, ALIAS).map((c) => append(c, 5, false, 'text')),
    fc.constantFrom(600, 600, 1_000).map(pass),
    fc.constant(sweep()),
    fc.tuple(fc.nat(1), fc.nat(1)).map((args) => begin(...args)),
    fc.nat(1).map(end),
  ]).flat(),
];

/** So often that most histories see the end of a minute. */
export const A_MINUTE_PASSES: readonly fc.Arbitrary<Command>[] = Array.from({ length: 4 }, () =>
  fc.constantFrom(30_000, 59_999, 60_000).map(pass),
);

/** Operators change what companies go by, while batches are open. */
export const COMPANIES_CHANGE: readonly fc.Arbitrary<Command>[] = [
  ...Array.from({ length: 3 }, () =>
    fc.tuple(fc.constantFrom('1', '2'), fc.integer({ min: -1, max: 2 })).map((args) => give(...args)),
  ),
  fc.tuple(fc.constantFrom('1', '2'), fc.boolean()).map((args) => switchBot(...args)),
  fc.constantFrom('1', '2').map((companyId) => switchBot(companyId, false)),
];

/** Every command, the frequent ones more often. */
export function anyCommands(
  maxCommands: number,
  more: readonly fc.Arbitrary<Command>[] = [],
): fc.Arbitrary<Iterable<Command>> {
  return fc.commands(
    [
      ...more,
      fc
        .tuple(
          conversation,
          fc.integer({ min: 1, max: 400 }),
          fc.constant(false),
          fc.constantFrom('text', 'audio'),
        )
        .map((args) => append(...args)),
      conversation.map((c) => append(c, 5, false, 'text', 100_000)),
      conversation.map((c) => append(c, 0, false, 'voice')),
      fc.tuple(conversation, fc.nat(2), fc.constantFrom(5, 5, 400, null)).map((args) => hear(...args)),
      fc.tuple(conversation, fc.boolean()).map((args) => type(...args)),
      conversation.map(hold),
      fc.tuple(conversation, fc.constantFrom(0, 3_000, 20_000)).map((args) => holdFor(...args)),
      fc.tuple(conversation, fc.constantFrom(0, 0, 4_000, null)).map((args) => mute(...args)),
      fc.tuple(conversation, fc.constantFrom(0, 0, 4_000, null)).map((args) => block(...args)),
      fc
        .tuple(conversation, fc.constant(5), fc.boolean(), fc.constant('text'))
        .map((args) => append(...args)),
      // The way that every batch takes; among so many other commands it would seldom be completed.
      ...Array.from({ length: 6 }, () => fc.tuple(owner, conversation).map((args) => claim(...args))),
      ...Array.from({ length: 4 }, () => [owner.map(handOff), owner.map(settle)]).flat(),
      owner.map(crash),
      fc.tuple(owner, fc.constantFrom(0, 500, 30_000), fc.boolean()).map((args) => release(...args)),
      owner.map(bury),
      owner.map(outlive),
      fc
        .tuple(
          target,
          fc.integer({ min: 1, max: 400 }),
          fc.constantFrom(0, 5_000, -5_000),
          fc.constantFrom('e1', 'e2'),
          fc.boolean(),
        )
        .map((args) => edit(...args)),
      target.map(revoke),
      fc.nat(5).map(redeliver),
      fc.nat(3).map(redrive),
      fc.nat(3).map(discard),
      conversation.map(clear),
      conversation.map(erase),
      conversation.map(flush),
      fc.constantFrom(100, 1_000, 2_500, 6_000, 11_000).map(pass),
      fc.constantFrom(-500, -20_000, -400_000, -100_000_000).map(pass),
      fc.constant(sweep()),
      fc.constant(learnAlias()),
      fc.constant(showWorker()),
      fc.tuple(fc.nat(1), fc.nat(3)).map((args) => begin(...args)),
      fc.tuple(fc.nat(1), fc.nat(3)).map((args) => begin(...args)),
      fc.nat(1).map(end),
      fc.nat(1).map(end),
      fc.nat(3).map(done),
      fc.tuple(conversation, fc.boolean()).map((args) => judge(...args)),
      fc.constant(stop()),
      // Twice as often, or most histories would end in a pause.
      fc.constant(resume()),
      fc.constant(resume()),
    ],
    { maxCommands, size: 'max' },
  );
}
