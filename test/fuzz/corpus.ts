import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { encodePayload } from '../ingest/sparkplug/proto.ts';

export interface Seed {
  readonly topic: string;
  readonly payload: Buffer;
}

interface SeedFile {
  readonly why: string;
  readonly messages: readonly {
    readonly topic: string;
    /** Text as it is, or what `sparkplug_b.proto` encodes. */
    readonly text?: string;
    readonly sparkplug?: object;
  }[];
}

/** The sound messages of a format, in the order in which a source would publish them. */
export function seedsOf(format: string): readonly Seed[] {
  const folder = join(import.meta.dirname, 'corpus', format);
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const { why, messages } = parse(readFileSync(join(folder, name), 'utf8')) as SeedFile;
      if (!why) throw new Error(`${format}/${name} doesn't say why it is a seed`);
      return messages.map(({ topic, text, sparkplug }) => ({
        topic,
        payload: text === undefined ? encodePayload(sparkplug ?? {}) : Buffer.from(text),
      }));
    });
}
