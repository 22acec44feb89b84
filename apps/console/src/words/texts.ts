import type { Habit, Language, LiveWait } from '@app/contracts';
import type { Orders } from '../live/orders';
import type { VerbName } from '../live/verb';

type Counted = (howMany: number) => string;
type About = (what: string) => string;

/** Every text of the page. */
export interface Texts {
  locale: string;
  /** The sentences that the server sends as codes. */
  sentences: Language;
  seconds: About;
  minutes: About;
  hours: About;
  days: About;
  left: About;
  ago: About;
  now: string;
  processes: Counted;
  role: (role: string, howMany: number) => string;
  botIsThere: string;
  botAway: string;
  /** No bot is configured: in the strip, and what that means. */
  botNone: string;
  botNoneWhat: string;
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
  lost: string;
  lostAge: About;
  /** The other language's name, in that language, and its code. */
  language: string;
  languageCode: string;
  theme: string;
  findings: string;
  filling: string;
  search: string;
  noMatch: string;
  /** Above conversations that were searched and hold no message now. */
  found: string;
  more: Counted;
  nothing: string;
  /** What a later version adds is shown as its code. */
  waits: Record<LiveWait, string>;
  /** How long a silence is waited for, and whether its customer's habit chose it. */
  silence: (time: string, habit: Habit | null) => string;
  habit: (habit: Habit) => string;
  muted: string;
  /** The same, but of its whole company. */
  botIsOff: string;
  draft: string;
  behind: Counted;
  company: About;
  /** The same where there is little room. */
  companyInShort: About;
  /** How to begin, step by step. */
  firstSteps: string;
  steps: (silence: string) => readonly string[];
  botThere: string;
  /** What else there is to see, and how it is started. @param hasDrafts as it runs, the bot is called with drafts. */
  further: (hasDrafts: boolean) => readonly { what: string; command?: string }[];
  back: string;
  loading: string;
  notLoaded: About;
  nothingKept: string;
  isCut: string;
  /** From the last message of its batch to a reply. */
  afterLast: About;
  type: Record<string, string>;
  verbs: Record<VerbName | 'redrive' | 'redriveAll' | 'discard' | 'replay' | 'repair' | 'resume', string>;
  /** The same of a company's bot, saying whose; null: the conversations without a company. */
  botSwitch: Record<'botOff' | 'botOn', (company: string | null) => string>;
  /** That an operator has switched a company's bot off, and when. */
  botOff: (company: string | null, by: string, when: string) => string;
  botOffHere: string;
  botsOffMore: Counted;
  /** What opens the menu of what is done rarely. */
  moreVerbs: string;
  /** What is asked before something is done, naming what it loses. */
  ask: Record<'clear' | 'discard' | 'redriveAll', About> &
    Record<'mute' | 'hold' | 'block', string> &
    Record<'botOff' | 'botOn', (company: string | null) => string> & {
      /** @param size of what nobody has answered; null if there is none. */
      erase: (who: string, size: string | null) => string;
    };
  /** That a conversation is muted, held or blocked, and until when; null: until an operator ends it. */
  ordered: Record<keyof Orders, (until: string | null) => string>;
  done: Record<string, string>;
  /** By act: what is in its way, and what to do. */
  conflict: Record<string, string>;
  underWay: string;
  redriving: string;
  redriven: (redriven: number, busy: number) => string;
  failed: About;
  /** What was to be changed may be so, or not. */
  unheard: string;
  /** Somebody else has changed the same at this moment. */
  changedMeanwhile: string;
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
  deadMore: Counted;
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

/** Those about what can be done. */
export type VerbTexts =
  | 'verbs'
  | 'botSwitch'
  | 'botOff'
  | 'botOffHere'
  | 'botsOffMore'
  | 'moreVerbs'
  | 'ordered'
  | 'ask'
  | 'done'
  | 'conflict'
  | 'underWay'
  | 'redriving'
  | 'redriven';
