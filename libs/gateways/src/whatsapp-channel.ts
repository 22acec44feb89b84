import { type ChannelRules, WHATSAPP } from '@app/replies';

/**
 * WhatsApp's texts. 4,096 characters is what Meta documents; its app takes more, but no gateway promises how much, and a
 * reply that is refused for its length is lost to the customer.
 */
export const WHATSAPP_TEXT: ChannelRules['text'] = { maxLength: 4_096, notation: WHATSAPP };

/** WhatsApp's files by their address, with a caption. Quick replies do not work reliably through linked clients. */
export const WHATSAPP_WEB: ChannelRules = { text: WHATSAPP_TEXT, media: { maxCaption: 1_024 } };
