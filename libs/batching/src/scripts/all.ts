import { append } from './append';
import { attempt } from './attempt';
import { beat } from './beat';
import { beginTurn } from './begin-turn';
import { bury } from './bury';
import { claim } from './claim';
import { claimReply } from './claim-reply';
import { clear } from './clear';
import { discard } from './discard';
import { due } from './due';
import { endTurn } from './end-turn';
import { flush } from './flush';
import { forwardAlias } from './forward-alias';
import { judgeTurn } from './judge-turn';
import { keepUnreadable } from './keep-unreadable';
import { learnAlias } from './learn-alias';
import { leave } from './leave';
import { mark } from './mark';
import { pause } from './pause';
import { redrive } from './redrive';
import { release } from './release';
import { settle } from './settle';
import { statistics } from './statistics';

/** Every script of ours. */
export const SCRIPTS = [
  append,
  attempt,
  beat,
  beginTurn,
  bury,
  claim,
  claimReply,
  clear,
  discard,
  due,
  endTurn,
  flush,
  forwardAlias,
  judgeTurn,
  keepUnreadable,
  learnAlias,
  leave,
  mark,
  pause,
  redrive,
  release,
  settle,
  statistics,
] as const;
