import { createHash } from 'node:crypto';
import { bodyOf } from '../answer/bot-answer';
import type { BotPreset } from '../preset';
import { wordsOf } from '../words';
import { readLangGraph } from './langgraph.reader';

/** How LangGraph's templates name their graph. */
const USUAL_GRAPH = 'agent';

/** LangGraph's server: each conversation is a thread, and a run is waited for (docs/bots/langgraph.md). */
export const langgraph: BotPreset = {
  name: 'langgraph',
  title: 'LangGraph',
  needs: [],
  takesEvents: false,
  keepsState: false,
  call: ({ message, connection: { url, key, model } }) => ({
    url: below(url, `threads/${threadOf(message.conversationId)}/runs/wait`),
    headers: key === null ? {} : { 'x-api-key': key },
    body: {
      assistant_id: model ?? USUAL_GRAPH,
      input: { messages: [{ role: 'user', content: wordsOf(message) }] },
      metadata: { conversation_id: message.conversationId, batch_id: message.batchId },
      if_not_exists: 'create',
      // A run that is still there belongs to a call that was broken off: its question is asked again by this one.
      multitask_strategy: 'rollback',
      on_disconnect: 'cancel',
    },
  }),
  read: (answer) => readLangGraph(bodyOf(answer)),
};

function below({ href }: URL, path: string): URL {
  const url = new URL(href);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${path}`;
  return url;
}

/** Always the same UUID for a conversation: threads have no other ids. Version 8 is what a digest of one's own makes (RFC 9562). */
function threadOf(conversationId: string): string {
  const hex = createHash('sha256').update(`rapid-fire ${conversationId}`).digest('hex');
  return [
    ...[hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`],
    hex.slice(20, 32),
  ].join('-');
}
