import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayEvent } from '../gateway-event';
import { gatewayNamed } from '../gateways';
import { formFields } from '../json/form-fields';

const PAYLOADS = join(__dirname, '../../../../test/payloads');

/** The meaning of a sample according to its index entry. */
export interface Expectation {
  readonly kind?: string;
  readonly messageId?: string | null;
  readonly targetId?: string;
  /** Of several changes in one body. */
  readonly targetIds?: readonly string[];
  /** Of several receipts in one body. */
  readonly messageIds?: readonly string[];
  readonly account?: string;
  readonly chatKey?: string | null;
  readonly newKey?: string;
  readonly senderKey?: string;
  readonly alias?: string;
  readonly text?: string | null;
  readonly media?: string;
  readonly quotedId?: string;
  readonly buttonId?: string;
  readonly fromMe?: boolean;
  readonly viaApi?: boolean;
  readonly state?: string;
  /** Null: the payload has no time of its own. */
  readonly timestampMs?: number | null;
  readonly reason?: string;
  readonly count?: number;
  readonly ignored?: number;
  readonly chats?: readonly string[];
}

/** A payload with the reading that its index entry requires. */
export interface Sample {
  readonly file: string;
  readonly gateway: string;
  readonly payload: unknown;
  readonly expect: Expectation;
}

/** A signature of a gateway's, or what looks like one. What that gateway does not sign is ''. */
export interface Vector {
  readonly secret: string;
  /** Null: the header is missing. */
  readonly header: string | null;
  readonly valid: boolean;
  /** What is wrong with it. */
  readonly why?: string;
  readonly body: string;
  readonly method: string;
  /** Where the gateway believes us to be. */
  readonly url: string;
  /** When it was sent, in the gateway's unit. */
  readonly timestamp: string;
}

/** A signature that its gateway has published. */
export interface PublishedVector extends Vector {
  readonly header: string;
}

interface IndexEntry {
  readonly file: string;
  readonly gateway: string;
  readonly contentType: string;
  readonly expect: Expectation;
}

const FORM = 'application/x-www-form-urlencoded';

/** Every sample that is a body. */
export const SAMPLES: readonly Sample[] = (parse('index.json') as IndexEntry[])
  .filter(({ contentType }) => ['application/json', FORM].includes(contentType))
  .map(({ file, gateway, contentType, expect }) => ({
    file,
    gateway: named(gateway),
    payload: contentType === FORM ? formFields(text(file)) : parse(file),
    expect,
  }));

const VECTORS = parse('signatures.json') as Readonly<
  Record<string, { readonly vectors: readonly (Partial<Vector> & Pick<Vector, 'secret' | 'header'>)[] }>
>;

/** The signatures of that gateway; `original` for the predecessor's. */
export function vectorsOf(gateway: string): readonly Vector[] {
  const unsigned = { valid: true, body: '', method: '', url: '', timestamp: '' };
  return (VECTORS[gateway]?.vectors ?? []).map((vector) => ({ ...unsigned, ...vector }));
}

/** One sample's payload, for a test to change; a fresh copy each time. */
export function sample(file: string): Record<string, unknown> {
  return parse(file) as Record<string, unknown>;
}

/** How the gateway of that name reads a payload. */
export function readBy(name: string, payload: unknown): GatewayEvent[] {
  const gateway = gatewayNamed(name);
  if (gateway === null) throw new Error(`there is no gateway ${name}`);
  return gateway.read(payload);
}

/** The samples' `wa:<digits>` stands for the bare digits. */
export function customerIn(chatKey: string | null | undefined): string | null | undefined {
  return chatKey?.replace(/^wa:/, '') ?? chatKey;
}

function parse(file: string): unknown {
  return JSON.parse(text(file));
}

function text(file: string): string {
  return readFileSync(join(PAYLOADS, file), 'utf8');
}

function named(gateway: string): string {
  // The predecessor's samples come from forwarders of Venom.
  const names: Readonly<Record<string, string>> = { original: 'venom', 'meta-cloud': 'meta' };
  return names[gateway] ?? gateway;
}
