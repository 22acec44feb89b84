import { append } from './append';
import { bury } from './bury';
import { claim } from './claim';
import { clear } from './clear';
import { discard } from './discard';
import { due } from './due';
import { flush } from './flush';
import { redrive } from './redrive';
import { release } from './release';
import { settle } from './settle';
import { statistics } from './statistics';

/** Every script of ours. */
export const SCRIPTS = [
  append,
  bury,
  claim,
  clear,
  discard,
  due,
  flush,
  redrive,
  release,
  settle,
  statistics,
] as const;
