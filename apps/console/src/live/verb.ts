/** What can be done to a conversation. */
export interface Verb {
  name: 'flush' | 'clear' | 'mute' | 'unmute' | 'hold' | 'release' | 'block' | 'unblock' | 'erase';
  key?: string;
  isGrave: boolean;
  act: () => void;
}
