import { readFileSync } from 'node:fs';
import type { NotifyFile } from './notify-schema.ts';
import { type Secret, secret } from './secret.ts';
import type { FileProblem } from './yaml-source.ts';

type ChannelFile = NotifyFile['channels'][number];

/** A channel of the configuration; what is secret of it can be revealed, and is not shown otherwise. */
export type NotifyChannel = Omit<ChannelFile, 'url' | 'urlFile' | 'secret' | 'secretFile'> & {
  readonly url: Secret;
  readonly secret: Secret | null;
};

export type NotifyRule = NotifyFile['rules'][number] & { readonly id: string };

export interface NotifySettings {
  /** Without a slash at the end; `null`: nowhere that is known. */
  readonly publicUrl: string | null;
  readonly channels: readonly NotifyChannel[];
  readonly rules: readonly NotifyRule[];
}

/** The section `notify`, its secret files read, and what is wrong with it beyond what a schema can tell. */
export function notifyOf(file: NotifyFile): {
  readonly settings: NotifySettings;
  readonly problems: readonly FileProblem[];
} {
  const problems: FileProblem[] = [];
  const channels = file.channels.map((entry, index) => channelOf(entry, index, problems));
  const rules = file.rules.map((rule) => ({ ...rule, id: rule.id ?? rule.rule }));
  twice(
    channels.map((channel) => channel.id),
    'channels',
    problems,
  );
  twice(
    rules.map((rule) => rule.id),
    'rules',
    problems,
  );
  const known = channels.map((channel) => channel.id);
  for (const [index, rule] of rules.entries()) {
    for (const [nth, named] of rule.channels.entries()) {
      if (known.includes(named)) continue;
      const message = `there is no channel "${named}"; known are: ${known.join(', ') || 'none'}`;
      problems.push({ path: ['notify', 'rules', index, 'channels', nth], message });
    }
  }
  const publicUrl = file.publicUrl?.replace(/\/+$/, '') ?? null;
  return { settings: { publicUrl, channels, rules }, problems };
}

function channelOf(
  { url, urlFile, secret: said, secretFile, ...channel }: ChannelFile,
  index: number,
  problems: FileProblem[],
): NotifyChannel {
  const at = (key: string) => ['notify', 'channels', index, key];
  const take = (key: 'url' | 'secret', value: string | undefined, file: string | undefined) => {
    if (value !== undefined && file !== undefined)
      problems.push({ path: at(`${key}File`), message: `${key} is set too; keep one of the two` });
    if (file === undefined || value !== undefined) return value;
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push({
        path: at(`${key}File`),
        message: `can't read ${file} (${code}); name a readable file`,
      });
      return undefined;
    }
  };
  const address = take('url', url, urlFile);
  if (address === undefined && urlFile === undefined)
    problems.push({ path: at('url'), message: 'is needed; write url or urlFile' });
  if (url === undefined && address !== undefined && !/^https?:$/.test(URL.parse(address)?.protocol ?? ''))
    problems.push({
      path: at('urlFile'),
      message: 'the file holds no address; write https://host/path into it',
    });
  const key = take('secret', said, secretFile);
  if (channel.kind === 'wecom' && key !== undefined)
    problems.push({ path: at('secret'), message: 'robots of 企业微信 take no signature; remove the secret' });
  return { ...channel, url: secret(address ?? ''), secret: key === undefined ? null : secret(key) };
}

function twice(names: readonly string[], list: 'channels' | 'rules', problems: FileProblem[]): void {
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const message = `"${name}" stands there twice; give one of them another id`;
    problems.push({ path: ['notify', list, index, 'id'], message });
  }
}
