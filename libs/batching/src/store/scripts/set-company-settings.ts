import { CLOCK } from './clock.fragment';
import { defineScript } from './define-script';

/** The field that tells one state of the hash from every other; no company can be called so. */
export const VERSION = ':version';

/** `unknown`: there was nothing to remove. `changed`: they are others than they were said to be. `too-many`: as many companies have settings as may. */
export type SetCompanySettingsReply = 'set' | 'unknown' | 'changed' | 'too-many';

/** Settings of one company at run time, or the end of them. Every process sees by the version that something has changed. */
export const setCompanySettings = defineScript({
  name: 'setCompanySettings',
  does: 'Keeps the settings of a company, or without any removes them, and gives the hash another version.',
  keys: ['companySettings'],
  args: { nowMs: 'ms', company: 'text', settings: 'text', most: 'count', versions: 'text' },
  fragments: [CLOCK],
  body: `
local given = redis.call('HGET', companySettings, company)
local isKnown = given ~= false
if settings == '' and not isKnown then return 'unknown' end
if versions ~= '' and not string.find(versions, redis.sha1hex(given or ''), 1, true) then return 'changed' end
-- The version is a field of it too.
if settings ~= '' and not isKnown and redis.call('HLEN', companySettings) > most then return 'too-many' end
-- With its time: after a failover that has lost the latest change, a number alone would come a second time.
local before = string.match(redis.call('HGET', companySettings, '${VERSION}') or '', ' (%d+)$') or 0
local version = string.format('%d %d', now, before + 1)
if settings == '' then
  redis.call('HSET', companySettings, '${VERSION}', version)
  redis.call('HDEL', companySettings, company)
else
  redis.call('HSET', companySettings, company, settings, '${VERSION}', version)
end
return 'set'
`,
  reply: (raw) => raw as SetCompanySettingsReply,
});
