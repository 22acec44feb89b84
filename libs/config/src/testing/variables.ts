import { defineSettings } from '../settings-group';
import type { Variable } from '../variable';
import { Bytes, Flag, List, OneOf, OptionalText, Secrets, Text, Whole } from '../variables';

/** A variable of each kind. */
export class Variables {
  @Whole('A port.', { unit: 'port', min: 0, max: 65535 }) PORT = 3000;
  @Bytes('A size.', { min: 1024, max: 4 * 1024 ** 2 }) MAX_BATCH_BYTES = 262_144;
  @Flag('A flag.') SHUTDOWN_FLUSH = false;
  @OneOf('One of some words.', ['ignore', 'hold'], { sharedBy: ['webhook'] }) ON_HUMAN_REPLY = 'ignore';
  @Text('A plain text.', { shape: /^\S+$/, expected: 'no spaces', shown: 'whole', sharedBy: 'all' })
  QUEUE_NAME = 'messages';
  @OptionalText('A secret.', { otherwise: 'none is sent' }) PASSWORD?: string;
  @Secrets('Secrets, see [security](http.md).') WEBHOOK_SECRET: string[] = [];
  @List('Servers.', { shape: /^\S+$/, expected: 'servers', shown: (url) => new URL(url).host })
  SERVERS: string[] = [];
}

export const group = defineSettings('group', Variables, (env) => env);

export const VARIABLE = Object.fromEntries(
  group.variables.map((variable) => [variable.name, variable]),
) as Record<keyof Variables, Variable>;
