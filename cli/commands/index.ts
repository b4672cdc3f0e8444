import type { Command } from '../command.ts';
import { analysis } from './analysis.ts';
import { api } from './api.ts';
import { assess } from './assess.ts';
import { backup } from './backup.ts';
import { bench } from './bench.ts';
import { checkConfig } from './check-config.ts';
import { explain } from './explain.ts';
import { ingest } from './ingest.ts';
import { inputs } from './inputs.ts';
import { notify } from './notify.ts';
import { rebirth } from './rebirth.ts';
import { rebuild } from './rebuild.ts';
import { register } from './register.ts';
import { reload } from './reload.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { simulate } from './simulate.ts';
import { storage } from './storage.ts';
import { suggest } from './suggest.ts';
import { token } from './token.ts';
import { verify } from './verify.ts';

/** Every command, in reading order. */
export const COMMANDS: readonly Command[] = [
  serve,
  ingest,
  analysis,
  api,
  simulate,
  explain,
  suggest,
  replay,
  reload,
  rebirth,
  assess,
  verify,
  inputs,
  rebuild,
  storage,
  bench,
  backup,
  restore,
  checkConfig,
  register,
  notify,
  token,
];
