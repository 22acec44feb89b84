export { freePort } from '../../src/embedded-redis/free-port';
