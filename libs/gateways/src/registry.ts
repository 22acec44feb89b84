/** Every gateway: a folder and a line here. */
export { venom } from './venom/venom.gateway';
export { meta } from './meta/meta.gateway';
export { waha } from './waha/waha.gateway';
export { evolution } from './evolution/evolution.gateway';
