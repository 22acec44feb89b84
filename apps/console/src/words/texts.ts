import type { Orders } from '../live/orders';
import type { Entry } from '../live/timeline';
import type { Verb } from '../live/verb';

type Counted = (howMany: number) => string;
type About = (what: string) => string;

/** Every text of the page. */
export interface Texts {
  locale: string;
  seconds: About;
  minutes: About;
  hours: About;
  processes: Counted;
  role: (role: string, howMany: number) => string;
  botTakes: About;
  botAway: string;
  redisAway: string;
  open: Counted;
  messages: Counted;
  turns: Counted;
  deadLetters: Counted;
  pause: string;
  resume: string;
  paused: string;
  pauseAsk: string;
  connecting: string;
  lost: About;
  /** The other language's name, in that language, and its code. */
  language: string;
  languageCode: string;
  findings: string;
  /** By code; what has none is said as the server says it. */
  finding: Record<string, string>;
  filling: string;
  search: string;
  noMatch: string;
  more: Counted;
  nothing: string;
  waits: Record<
    | 'silence'
    | 'early-start'
    | 'typing'
    | 'longest-wait'
    | 'full'
    | 'flushed'
    | 'held'
    | 'slowed'
    | 'due'
    | 'hand-off'
    | 'queued'
    | 'bot',
    string
  >;
  draft: string;
  behind: Counted;
  company: About;
  chooseOne: string;
  back: string;
  loading: string;
  notLoaded: About;
  nothingKept: string;
  isCut: string;
  /** A line of the timeline that is no message. */
  entry: (entry: Entry) => string;
  type: Record<string, string>;
  verbs: Record<Verb['name'] | 'redrive' | 'redriveAll' | 'discard', string>;
  /** What is asked before something is done, naming what it loses. */
  ask: Record<'clear' | 'discard' | 'redriveAll', About> &
    Record<'mute' | 'hold' | 'block', string> & {
      /** @param size of what nobody has answered; null if there is none. */
      erase: (who: string, size: string | null) => string;
    };
  /** That a conversation is muted, held or blocked, and until when; null: until an operator ends it. */
  ordered: Record<keyof Orders, (until: string | null) => string>;
  done: Record<string, string>;
  /** By act: what is in its way, and what to do. */
  conflict: Record<string, string>;
  redriving: string;
  redriven: (redriven: number, busy: number) => string;
  failed: About;
  nobodyAnswers: string;
  cancel: string;
  close: string;
  keyTitle: string;
  keyWhy: string;
  keyWhyChange: string;
  keyLabel: string;
  keyWrong: string;
  keyOpen: string;
  deadTitle: string;
  deadNone: string;
  deadBatcher: string;
  deadWorker: string;
  deadWhat: string;
  reportTitle: string;
  /** The same in a word. */
  report: string;
  reportEmpty: string;
  reportData: (bursts: number, customers: number) => string;
  reportWindow: About;
  reportGaps: (all: number, within: number) => string;
  reportSetting: string;
  reportTwice: string;
  reportWait: string;
  reportCalls: string;
  reportKind: Record<'hold' | 'supersede' | 'early-start', string>;
  reportPresent: string;
  /** In how many days there will be enough; null if that is not known. */
  reportShort: (days: number | null) => string;
  reportAdvice: string;
  simulator: string;
  simulatorWhat: string;
  companyLabel: string;
  reportsTyping: string;
  newCustomer: string;
  typeAs: string;
  editing: string;
  send: string;
  editLast: string;
  revokeLast: string;
  repeatLast: string;
  /** What became of something that a simulated customer did, by outcome or reason. */
  outcome: Record<string, string>;
  help: string;
  keys: Record<string, string>;
}
