/** A fault between the processes on one Redis, or of something that one of them needs. */
export interface Finding {
  /** Stable; the texts are not. */
  code:
    | 'no-batcher'
    | 'no-webhook'
    | 'no-worker'
    | 'settings-differ'
    | 'environments-differ'
    | 'bot-away'
    | 'too-many-turns'
    | 'not-consuming'
    | 'no-sender'
    | 'bot-not-understood'
    | 'dead-letters'
    | 'set-aside'
    | 'companies-file';
  message: string;
  /** The company that it is about, where it is about one. */
  company?: string;
  /** What an operator should look at. */
  check: string;
}
