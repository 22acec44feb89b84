import { append } from './append';
import { attempt } from './attempt';
import { bury } from './bury';
import { claim } from './claim';
import { clear } from './clear';
import { discard } from './discard';
import { due } from './due';
import { flush } from './flush';
import { pause } from './pause';
import { redrive } from './redrive';
import { release } from './release';
import { settle } from './settle';
import { statistics } from './statistics';

/** Every script of ours. */
export const SCRIPTS = [
  append,
  attempt,
  bury,
  claim,
  clear,
  discard,
  due,
  flush,
  pause,
  redrive,
  release,
  settle,
  statistics,
] as const;
