export type { ChannelRules } from './channel-rules';
export { type Notation, PLAIN, WHATSAPP } from './notation';
export { type OutgoingMessage, type RichMessage, textOf } from './outgoing-message';
export { pauseBeforeMs } from './pace';
export { type RepliesSettings, repliesSettings } from './replies.settings';
export { shapeReply } from './shape';
