import { environmentSettings } from './environment.settings';
import { shapeGroup } from './load';
import { combineSettings, defineSettings } from './settings-group';
import { group, Variables } from './testing/variables';
import { ConfigurationError, validateEnvironment } from './validate';
import { Whole } from './variables';

class OtherVariables {
  @Whole('A bound.', { unit: 'ports', min: 0, max: 9_999 }) HIGHEST_PORT = 4000;
}

const other = defineSettings('other', OtherVariables, (env) => ({ highest: env.HIGHEST_PORT }), [
  { variable: 'HIGHEST_PORT', broken: (env) => env.HIGHEST_PORT === 13, problem: 'must not be 13' },
]);

const both = combineSettings(
  'both',
  [environmentSettings, group, other],
  [{ variable: 'PORT', broken: (env) => env.PORT > env.HIGHEST_PORT, problem: 'must not pass HIGHEST_PORT' }],
);

describe('groups of settings', () => {
  it('have defaults, and are shaped each under its name', () => {
    const settings = shapeGroup(both, validateEnvironment(both, { PORT: '1', HIGHEST_PORT: '2' }));
    expect(settings).toMatchObject({
      environment: 'development',
      group: { PORT: 1, MAX_BATCH_BYTES: 262_144 },
      other: { highest: 2 },
      agreement: { all: { QUEUE_NAME: 'messages' }, webhook: { ON_HUMAN_REPLY: 'ignore' }, batcher: {} },
    });
  });

  it.each([
    ['a value that is not accepted', { PORT: 'http' }, 'PORT must be a whole number of port from 0 to 65535'],
    ['a rule of a group', { HIGHEST_PORT: '13', PORT: '1' }, 'HIGHEST_PORT must not be 13'],
    ['a rule between groups', { PORT: '5000' }, 'PORT must not pass HIGHEST_PORT'],
    ['a slip of the pen', { HIGHEST_PROT: '1' }, 'HIGHEST_PROT is not known; did you mean HIGHEST_PORT?'],
  ])('are refused for %s', (_, raw, problem) => {
    expect(() => validateEnvironment(both, raw)).toThrow(ConfigurationError);
    expect(() => validateEnvironment(both, raw)).toThrow(problem);
  });

  it('cannot declare one variable twice', () => {
    const again = defineSettings('again', Variables, (env) => env);
    expect(() => combineSettings('all', [group, again])).toThrow('PORT is declared twice');
  });
});
