export type VerbName =
  | 'flush'
  | 'clear'
  | 'mute'
  | 'unmute'
  | 'hold'
  | 'release'
  | 'block'
  | 'unblock'
  | 'erase'
  | 'botOff'
  | 'botOn';

/** What can be done to a conversation. */
export interface Verb {
  name: VerbName;
  /** What it is called where its name alone does not say what it is done to. */
  label?: string;
  key?: string;
  isGrave: boolean;
  /** There is nothing that it could be done to. */
  isIdle?: boolean;
  /** It is in the menu, and not in the row. */
  isRare: boolean;
  act: () => void;
}
