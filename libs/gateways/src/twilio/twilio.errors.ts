import { firstId, type JsonObject } from '../json/json';
import { failureByStatus, type FailedAnswer, type SendFailure } from '../send-failure';

/** https://www.twilio.com/docs/api/errors */
const MEANINGS: Readonly<Record<string, string>> = {
  14107: 'the account sends faster than it may',
  20003: 'the SID and the token do not belong together',
  20429: 'the account has made too many calls',
  21211: 'the customer’s number is none',
  21408: 'the account may not write to this country',
  21606: 'the number that was written to cannot send',
  21610: 'the customer has sent STOP',
  21611: 'too many messages wait at the number',
  21612: 'there is no way from this number to that one',
  21614: 'the customer’s number takes no SMS',
  21617: 'the text is too long',
  21620: 'the file’s address cannot be used',
  30003: 'the phone is switched off or out of reach',
  30004: 'the message was blocked',
  30005: 'the number is not known',
  30006: 'the number takes no SMS',
  30007: 'the message was taken for spam',
  30008: 'the carrier did not say why',
  63007: 'the number that was written to is no WhatsApp sender of this account',
  63015: 'the customer has not joined the sandbox',
  63016: 'more than 24 hours have passed since the customer wrote, so only a template may be sent',
  63018: 'the WhatsApp sender has sent too many messages',
  63019: 'the file could not be fetched',
  63024: 'the customer cannot receive it: no WhatsApp, or its terms are not accepted',
  63032: 'WhatsApp takes the customer into an experiment',
  63038: 'the account has sent its messages of the day',
};

/** Refusals that pass by themselves within the retries. */
const PASSING: ReadonlySet<string> = new Set(['14107', '20429', '21611', '63018']);

/** What an error answer of Twilio means; with a code of Twilio's own below 500, nothing was sent. */
export function twilioFailure({ status, json }: FailedAnswer): SendFailure {
  const code = firstId(json.code);
  if (code === null || status >= 500) return failureByStatus(status, () => false);
  const kind = PASSING.has(code) || status === 429 ? 'unsent' : 'refused';
  return { kind, why: meaningOf(code) };
}

/** Why a message was not delivered; null if the report does not say. */
export function failureIn({ ErrorCode }: JsonObject): string | null {
  const code = firstId(ErrorCode);
  return code === null || !/^\d{1,6}$/.test(code) ? null : meaningOf(code);
}

function meaningOf(code: string): string {
  const meaning = Object.hasOwn(MEANINGS, code) ? `, ${MEANINGS[code]}` : '';
  return `error ${code} of Twilio${meaning}`;
}
