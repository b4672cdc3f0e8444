import type { Decoder } from './decoder.ts';
import { defaultTopic } from './default-topic.ts';

/** Every decoder, in the order in which they are asked for a topic. */
export const DECODERS: readonly Decoder[] = [defaultTopic];
