import { append } from './append';
import { attempt } from './attempt';
import { beat } from './beat';
import { bury } from './bury';
import { claim } from './claim';
import { clear } from './clear';
import { discard } from './discard';
import { due } from './due';
import { flush } from './flush';
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
  bury,
  claim,
  clear,
  discard,
  due,
  flush,
  leave,
  mark,
  pause,
  redrive,
  release,
  settle,
  statistics,
] as const;
