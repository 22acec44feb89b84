/** Every kind of bot, a line for each folder: docs/adr/0014-a-bot-is-a-folder.md. */
export { rapidFire } from './rapid-fire/rapid-fire.preset';
export { n8n } from './n8n/n8n.preset';
export { openai } from './openai/openai.preset';
export { dify } from './dify/dify.preset';
export { flowise } from './flowise/flowise.preset';
export { typebot } from './typebot/typebot.preset';
export { rasa } from './rasa/rasa.preset';
export { langgraph } from './langgraph/langgraph.preset';
export { evolution } from './evolution/evolution.preset';
