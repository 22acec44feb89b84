export { type BotSettings, botSettings } from './bot.settings';
