export type VerbName =
  'flush' | 'clear' | 'mute' | 'unmute' | 'hold' | 'release' | 'block' | 'unblock' | 'erase';

/** What can be done to a conversation. */
export interface Verb {
  name: VerbName;
  key?: string;
  isGrave: boolean;
  act: () => void;
}
