/** The messengers on which customers write, as jobs name them; `simulator`: nobody does, and no reply leaves. */
export const CHANNELS = [
  'whatsapp',
  'telegram',
  'max',
  'sms',
  'instagram',
  'messenger',
  'chatwoot',
  'simulator',
] as const;

export type Channel = (typeof CHANNELS)[number];

/** A kind of customer id that is not a bare phone. */
interface CustomerKind {
  readonly channel: Channel;
  readonly kind: 'lid' | 'bsuid' | 'group' | 'sms' | 'contact';
  /** What may stand behind the colon: never a colon, which ends a group's id, nor a brace, which moves Redis keys. */
  readonly form: RegExp;
}

/** Telegram's ids have up to 52 bits. */
const TELEGRAM_GROUP = /^-[1-9]\d{0,15}(?:_[1-9]\d{0,15})?$/;
/** In MAX, a chat's sign says nothing of its kind. */
const SIGNED = /^-?[1-9]\d{0,18}$/;
const COUNTED = /^[1-9]\d{0,18}$/;
/** Meta's ids of a person, which hold for one page or account. */
const SCOPED = /^\d{1,32}$/;

const KINDS = {
  'wa-lid': { channel: 'whatsapp', kind: 'lid', form: /^\d{5,20}$/ },
  // Two letters for the country, `ENT` in a parent company's id, then up to 128 letters or digits.
  'wa-bsuid': { channel: 'whatsapp', kind: 'bsuid', form: /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/ },
  'wa-group': { channel: 'whatsapp', kind: 'group', form: /^[\w.+/=-]{1,128}$/ },
  tg: { channel: 'telegram', kind: 'contact', form: /^[1-9]\d{0,15}$/ },
  'tg-group': { channel: 'telegram', kind: 'group', form: TELEGRAM_GROUP },
  max: { channel: 'max', kind: 'contact', form: SIGNED },
  'max-group': { channel: 'max', kind: 'group', form: SIGNED },
  'max-user': { channel: 'max', kind: 'contact', form: COUNTED },
  sms: { channel: 'sms', kind: 'sms', form: /^\d{5,15}$/ },
  ig: { channel: 'instagram', kind: 'contact', form: SCOPED },
  fb: { channel: 'messenger', kind: 'contact', form: SCOPED },
  cw: { channel: 'chatwoot', kind: 'contact', form: COUNTED },
  // Played on the live page, see `simulated.ts`.
  sim: { channel: 'simulator', kind: 'contact', form: /^\d{5,15}$/ },
} as const satisfies Record<string, CustomerKind>;

/** Kinds of customer id that are not phones, as they begin a customer id. */
export const CUSTOMER_KINDS: readonly string[] = Object.keys(KINDS);

/** The kind that a customer id begins with; null for a phone, and for any other text. */
export function kindOf(customer: string): CustomerKind | null {
  const colon = customer.indexOf(':');
  if (colon === -1) return null;
  const name = customer.slice(0, colon);
  return Object.hasOwn(KINDS, name) ? KINDS[name as keyof typeof KINDS] : null;
}

/** The messenger on which a customer writes; bare digits are a phone, and so WhatsApp's. */
export function channelOf(customer: string): Channel {
  return kindOf(customer)?.channel ?? 'whatsapp';
}
