import { append } from './append';
import { attempt } from './attempt';
import { awaiting } from './awaiting';
import { beat } from './beat';
import { beginTurn } from './begin-turn';
import { block } from './block';
import { bury } from './bury';
import { claim } from './claim';
import { claimReply } from './claim-reply';
import { clear } from './clear';
import { commitTurn } from './commit-turn';
import { countAnswered } from './count-answered';
import { discard } from './discard';
import { due } from './due';
import { edit } from './edit';
import { endTurn } from './end-turn';
import { erase } from './erase';
import { find } from './find';
import { findSuperseded } from './find-superseded';
import { flush } from './flush';
import { forget } from './forget';
import { forwardAlias } from './forward-alias';
import { hold } from './hold';
import { holdsTurn } from './holds-turn';
import { judgeTurn } from './judge-turn';
import { keepBotState } from './keep-bot-state';
import { keepColleagueWords } from './keep-colleague-words';
import { keepLateReply } from './keep-late-reply';
import { keepNote } from './keep-note';
import { keepUnreadable } from './keep-unreadable';
import { learnAlias } from './learn-alias';
import { leave } from './leave';
import { locate } from './locate';
import { mark } from './mark';
import { mute } from './mute';
import { noteProgress } from './note-progress';
import { pause } from './pause';
import { redrive } from './redrive';
import { release } from './release';
import { repair } from './repair';
import { revoke } from './revoke';
import { setCompanySettings } from './set-company-settings';
import { settle } from './settle';
import { stashChange } from './stash-change';
import { statistics } from './statistics';
import { steering } from './steering';
import { takeAwaited } from './take-awaited';
import { takeLateReply } from './take-late-reply';
import { type } from './type';

/** Every script of ours. */
export const SCRIPTS = [
  append,
  attempt,
  awaiting,
  beat,
  beginTurn,
  block,
  bury,
  claim,
  claimReply,
  clear,
  commitTurn,
  countAnswered,
  discard,
  due,
  edit,
  endTurn,
  erase,
  find,
  findSuperseded,
  flush,
  stashChange,
  hold,
  holdsTurn,
  forget,
  forwardAlias,
  judgeTurn,
  keepBotState,
  keepColleagueWords,
  keepLateReply,
  keepNote,
  keepUnreadable,
  learnAlias,
  leave,
  locate,
  mark,
  mute,
  noteProgress,
  pause,
  redrive,
  release,
  repair,
  revoke,
  setCompanySettings,
  settle,
  statistics,
  steering,
  takeAwaited,
  takeLateReply,
  type,
] as const;
