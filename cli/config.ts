// The configuration of this process, or all that is wrong with it: exit code 2.

import { readConfig, type Config } from '../core/config.ts'

export class ConfigError extends Error {}

export function loadConfig(): Config {
  const read = readConfig(process.env)
  if ('problems' in read) throw new ConfigError(['The environment is not right:', ...read.problems].join('\n  '))
  return read.config
}
