import { type JsonObject, listOf, objectOf } from '../json/json';
import { failureByStatus, type FailedAnswer, type SendFailure } from '../send-failure';

/**
 * Errors that pass by themselves, and what they mean:
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
const PASSING: Readonly<Record<number, string>> = {
  1: 'a fault of the API',
  2: 'the API is overloaded or down',
  4: 'the app has made too many calls',
  80007: 'the WhatsApp account has made too many calls',
  130429: 'the phone number sends faster than it may',
  131016: 'the service is unavailable',
  131056: 'too many messages to this customer in a short time',
  131057: 'the account is in maintenance',
  133004: 'the server is unavailable',
};

/** Errors that stay, and what they mean. */
const FINAL: Readonly<Record<number, string>> = {
  10: 'the token lacks a permission',
  100: 'a field is wrong',
  190: 'the token has expired or was withdrawn',
  368: 'the account is blocked for a violation of policy',
  130472: 'the customer takes part in an experiment of Meta',
  130497: 'the account may not write to this country',
  131005: 'the token lacks a permission',
  131021: 'the customer is the business itself',
  131026: 'the customer cannot receive it: no WhatsApp, an old version, or its terms are not accepted',
  131030: 'the customer is not on the list of a test number',
  131031: 'the account is locked',
  131042: 'the account has a problem with payment',
  131047: 'more than 24 hours have passed since the customer wrote, so only a template may be sent',
  131048: 'the phone number may send less, because too much of it was taken for spam',
  131049: 'Meta did not deliver it, to spare the customer',
  131050: 'the customer wants no marketing',
  131051: 'Meta knows no message of this type',
  131052: 'Meta could not fetch the file',
  131053: 'Meta could not take the file',
};

/** The errors of one of Meta's products, by code or subcode. */
export interface GraphErrors {
  /** Those that pass by themselves, and what they mean. */
  readonly passing: Readonly<Record<number, string>>;
  /** Those that stay, and what they mean. */
  readonly final: Readonly<Record<number, string>>;
}

const WHATSAPP: GraphErrors = { passing: PASSING, final: FINAL };

export function metaFailure(answer: FailedAnswer): SendFailure {
  return graphFailure(answer, WHATSAPP);
}

/**
 * What an error answer of the Graph API means. It refuses the whole request, whatever its status; a bare 5xx may come from any
 * server on the way.
 */
export function graphFailure({ status, json }: FailedAnswer, { passing, final }: GraphErrors): SendFailure {
  const error = objectOf(json.error);
  const { code, error_subcode } = error;
  if (typeof code !== 'number') return failureByStatus(status, () => false);
  const known = [error_subcode, code].find(
    (each) => typeof each === 'number' && (each in passing || each in final),
  );
  const telling = typeof known === 'number' ? known : code;
  const isPassing =
    telling in passing ||
    status === 429 ||
    (status >= 500 && !(telling in final)) ||
    error.is_transient === true;
  return {
    kind: isPassing ? 'unsent' : 'refused',
    why: meaningOf(telling, passing[telling] ?? final[telling]),
  };
}

/** Why a message was not delivered, by the errors of its status; null if they do not say. */
export function failureOf({ errors }: JsonObject): string | null {
  const codes = listOf(errors).map((error) => objectOf(error).code);
  const known = codes.find((code) => typeof code === 'number');
  return known === undefined ? null : meaningOf(known, PASSING[known] ?? FINAL[known]);
}

function meaningOf(code: number, meaning: string | undefined): string {
  return `error ${code} of Meta${meaning === undefined ? '' : `, ${meaning}`}`;
}
