type Counted = (howMany: number) => string;
type About = (what: string) => string;

/** Every text of the page. */
export interface Texts {
  locale: string;
  seconds: About;
  minutes: About;
  hours: About;
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
  /** The other language's name, in that language. */
  language: string;
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
  batch: Counted;
  reason: Record<string, string>;
  type: Record<string, string>;
  verbs: Record<'flush' | 'clear' | 'redrive' | 'discard', string>;
  /** What is asked before something is done, naming what it loses. */
  ask: Record<'clear' | 'discard', About>;
  done: Record<string, string>;
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
  help: string;
  keys: Record<string, string>;
}
