export type { ChannelRules } from './channel-rules';
export type { Additions } from './measure';
export { type Notation, PLAIN, type Style, STYLED, WHATSAPP } from './notation';
export {
  behindLabel,
  type OutgoingMessage,
  type RichMessage,
  textOf,
  withoutStyles,
} from './outgoing-message';
export { pauseBeforeMs } from './pace';
export { repliesSettings } from './replies.settings';
export { shapeReply } from './shape';
export type { StyledRange } from './styles';
