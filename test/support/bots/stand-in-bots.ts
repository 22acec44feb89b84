import { difyStandIn } from './dify.stand-in';
import { evolutionStandIn } from './evolution.stand-in';
import { flowiseStandIn } from './flowise.stand-in';
import { langgraphStandIn } from './langgraph.stand-in';
import { n8nStandIn } from './n8n.stand-in';
import { chatCompletionsStandIn, responsesStandIn } from './openai.stand-in';
import { rasaStandIn } from './rasa.stand-in';
import type { StandInBot } from './stand-in-bot';
import { typebotStandIn } from './typebot.stand-in';

/** One of each product that there is a preset for; OpenAI's two interfaces are two. */
export const STAND_IN_BOTS: readonly (() => StandInBot)[] = [
  n8nStandIn,
  chatCompletionsStandIn,
  responsesStandIn,
  difyStandIn,
  flowiseStandIn,
  typebotStandIn,
  rasaStandIn,
  langgraphStandIn,
  evolutionStandIn,
];
