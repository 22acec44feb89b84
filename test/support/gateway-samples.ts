import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isInGroup } from '@app/contracts';
import { formFields, gatewayNamed, isJsonObject } from '@app/gateways';

const PAYLOADS = join(__dirname, '../payloads');

/** The meaning of a sample according to its index entry, as far as it is stored. */
export interface Meaning {
  kind: string;
  messageId?: string | null;
  /** Which end of the business, if the gateway has several. */
  account?: string;
  senderKey?: string;
  buttonId?: string;
  quotedId?: string;
  /** `wa:<digits>` stands for the bare digits. */
  chatKey?: string | null;
  text?: string | null;
  media?: string;
  /** Null: the payload has no time of its own. */
  timestampMs?: number | null;
  /** Of a body with several messages. */
  count?: number;
  chats?: string[];
  ignored?: number;
}

/** A gateway's body as its bytes, where it is posted to, and its meaning. */
export interface GatewaySample {
  file: string;
  gateway: string;
  path: string;
  bytes: Buffer;
  expect: Meaning;
}

/** A published signature, and the body that it signs. */
export interface SignatureVector {
  source: string;
  secret: string;
  body: string;
  header: string;
  /** Only for the predecessor's scheme, which signs it too. */
  url?: string;
  timestamp?: string;
}

interface Entry {
  file: string;
  gateway: string;
  contentType: string;
  path?: string;
  expect: Meaning;
}

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const NAMES: Record<string, string> = { 'meta-cloud': 'meta', original: 'generic' };

/** Every sample that is posted. */
export const GATEWAY_SAMPLES: GatewaySample[] = (parse('index.json') as Entry[])
  .filter(({ contentType }) => [JSON_TYPE, FORM_TYPE].includes(contentType))
  .map(({ file, gateway, path, expect }) => {
    const name = NAMES[gateway] ?? gateway;
    return {
      file,
      gateway: name,
      path: path?.replace(/^https:..[^/]+/, '').replace('/webhooks/', '/webhook/') ?? `/webhook/${name}`,
      bytes: readFileSync(join(PAYLOADS, file)),
      expect,
    };
  });

/** Samples of gateways that are answered with what became of them; the others are answered with nothing. */
export const ANSWERED_SAMPLES = GATEWAY_SAMPLES.filter(({ gateway }) => isAnswered(gateway));

/** True for a gateway that is answered with results. */
export function isAnswered(gateway: string): boolean {
  return gatewayNamed(gateway)?.acknowledgement === undefined;
}

/** How the gateway of that name writes its bodies. */
export function contentTypeOf(gateway: string): string {
  return isForm(gateway) ? FORM_TYPE : JSON_TYPE;
}

/** A payload as that gateway writes it: of an object, a form has the fields, each as text. */
export function writtenBy(gateway: string, payload: unknown): string {
  if (!isForm(gateway) || !isJsonObject(payload)) return JSON.stringify(payload);
  const fields = Object.entries(payload).flatMap(([name, value]) =>
    [value]
      .flat()
      .map((each): [string, string] => [name, typeof each === 'string' ? each : JSON.stringify(each)]),
  );
  return new URLSearchParams(fields).toString();
}

/** The payload in a body of that gateway. */
export function payloadIn(gateway: string, body: Buffer | string): unknown {
  return isForm(gateway) ? formFields(body.toString()) : JSON.parse(body.toString());
}

function isForm(gateway: string): boolean {
  return gatewayNamed(gateway)?.bodyFormat === 'form';
}

/** The published vectors by gateway. */
export const VECTORS = parse('signatures.json') as Record<
  'meta' | 'waha' | 'original',
  { vectors: SignatureVector[] }
>;

/** The sample of that name. */
export function sampleOf(file: string): GatewaySample {
  const found = GATEWAY_SAMPLES.find((each) => each.file === file);
  if (found === undefined) throw new Error(`there is no sample ${file}`);
  return found;
}

/** Samples for `it.each`, with their names. */
export function named(samples: readonly GatewaySample[]): [string, GatewaySample][] {
  return samples.map((each) => [each.file, each]);
}

/** True for a body with one message that gets a conversation; groups do not, unless `GROUP_MESSAGES` says so. */
export function isStored({ expect: { kind, chatKey } }: GatewaySample): boolean {
  return ['message', 'duplicate-of'].includes(kind) && !isInGroup(customerIn(chatKey));
}

/** True for a body with several messages. */
export function isWithSeveral({ expect: { kind } }: GatewaySample): boolean {
  return kind === 'messages';
}

/** The message's id, if the index says it or says that there is none; a press of MAX has one that is made of several fields. */
export function messageIdIn({ messageId, buttonId }: Meaning): { messageId?: string | null } {
  return messageId === undefined && buttonId !== undefined ? {} : { messageId: messageId ?? null };
}

/** The index's `wa:<digits>` stands for the bare digits. */
export function customerIn(chatKey: string | null | undefined): string {
  return (chatKey ?? '').replace(/^wa:/, '');
}

function parse(file: string): unknown {
  return JSON.parse(readFileSync(join(PAYLOADS, file), 'utf8'));
}

/** A sample, changed to be about another message. */
export function about(file: string, from: string, to: string): GatewaySample {
  const sample = sampleOf(file);
  const text = sample.bytes.toString();
  if (!text.includes(from)) throw new Error(`${file} does not mention ${from}`);
  return { ...sample, bytes: Buffer.from(text.replaceAll(from, to)) };
}
