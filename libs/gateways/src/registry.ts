/** Every gateway, a line for each folder: docs/adding-a-gateway.md. */
export { venom } from './venom/venom.gateway';
export { meta } from './meta/meta.gateway';
export { waha } from './waha/waha.gateway';
export { evolution } from './evolution/evolution.gateway';
export { telegram } from './telegram/telegram.gateway';
export { max } from './max/max.gateway';
export { chatwoot } from './chatwoot/chatwoot.gateway';
export { greenApi } from './green-api/green-api.gateway';
export { twilio } from './twilio/twilio.gateway';
export { messenger } from './messenger/messenger.gateway';
export { instagram } from './instagram/instagram.gateway';
export { gowa } from './gowa/gowa.gateway';
export { evolutionGo } from './evolution-go/evolution-go.gateway';
export { wppconnect } from './wppconnect/wppconnect.gateway';
