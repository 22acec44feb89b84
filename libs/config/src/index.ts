export { type Agreement, agreementOf } from './agreement';
export { announce } from './announce';
export { BootError, EXIT } from './boot-error';
export type { EffectiveConfiguration, EffectiveVariable } from './effective';
export { type EnvironmentName, ENVIRONMENTS, EnvironmentVariables, isExposed } from './environment';
export { environmentSettings } from './environment.settings';
export { withExamples, withTable } from './explain';
export {
  type ByCompany,
  type Loaded,
  loadEnvironment,
  loadGroup,
  SETTINGS,
  shapeGroup,
  shapeOver,
} from './load';
export type { Problem } from './problem';
export type { Role } from './role';
export {
  combineSettings,
  defineSettings,
  type Known,
  type Rule,
  type RulesBetween,
  type SettingsGroup,
  type SettingsOf,
  type VariablesOf,
} from './settings-group';
export { readEnvironment, type Variables } from './sources';
export { ConfigurationError, validateEnvironment, validateOver } from './validate';
export type { Schema, Variable, VariableOptions } from './variable';
export {
  AnyText,
  Bytes,
  Flag,
  List,
  OneOf,
  OptionalJudged,
  OptionalText,
  OptionalUrl,
  OptionalWhole,
  Secrets,
  Text,
  Whole,
} from './variables';
