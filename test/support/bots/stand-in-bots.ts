import { difyAgentStandIn, difyChatbotStandIn } from './dify.stand-in';
import { evolutionStandIn } from './evolution.stand-in';
import { flowiseStandIn } from './flowise.stand-in';
import { langgraphStandIn } from './langgraph.stand-in';
import { n8nStandIn } from './n8n.stand-in';
import { chatCompletionsStandIn, responsesStandIn } from './openai.stand-in';
import { rasaStandIn } from './rasa.stand-in';
import type { StandInBot } from './stand-in-bot';
import { typebotStandIn } from './typebot.stand-in';

/** One of each product that there is a preset for; OpenAI's two interfaces are two, and so are Dify's two kinds of application. */
export const STAND_IN_BOTS: readonly (() => StandInBot)[] = [
  n8nStandIn,
  chatCompletionsStandIn,
  responsesStandIn,
  difyAgentStandIn,
  difyChatbotStandIn,
  flowiseStandIn,
  typebotStandIn,
  rasaStandIn,
  langgraphStandIn,
  evolutionStandIn,
];
