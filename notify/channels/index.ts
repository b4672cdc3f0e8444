import type { ChannelKind, ChannelKindId } from '../channel.ts';
import { dingtalk } from './dingtalk.ts';
import { webhook } from './webhook.ts';
import { wecom } from './wecom.ts';

/** Every kind of channel, in reading order. */
export const KINDS: readonly ChannelKind[] = [webhook, wecom, dingtalk];

const BY_ID = new Map(KINDS.map((kind) => [kind.id, kind]));
export const kindOf = (id: ChannelKindId): ChannelKind => BY_ID.get(id) as ChannelKind;
