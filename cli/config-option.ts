import type { Config } from '../config.ts';
import { loadConfig } from '../config.ts';
import { type Invocation, type OptionSpec, text } from './command.ts';

export const CONFIG_OPTION: OptionSpec = {
  type: 'string',
  value: 'FILE',
  help: 'kaidong.yaml (or KAIDONG_CONFIG)',
};

/** The configuration file that an invocation means; `undefined`: none, defaults and environment only. */
export const configFileOf = (invocation: Invocation): string | undefined =>
  text(invocation, 'config') ?? (process.env.KAIDONG_CONFIG || undefined);

/** The configuration of an invocation. Throws {@link ConfigError}. */
export const configOf = (invocation: Invocation): Config =>
  loadConfig({ file: configFileOf(invocation), environment: process.env });
