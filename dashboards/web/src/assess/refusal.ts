import { ApiError } from '../api.ts';
import { type Words, zh } from '../i18n/zh.ts';

/** Why something was refused, in the page's words; the service's own text where it says more. */
export function refusalText(error: unknown, words: Words): string {
  if (!(error instanceof ApiError)) return (error as Error).message;
  if (error.status === 0 && error.code === 'no-answer') return words.noAnswerNow;
  const known = (words.refusals as Readonly<Record<string, string>>)[error.code];
  const said = (words === zh && chineseOf(error)) || error.message;
  return known ? `${known} (${said})` : `${said} (${error.code})`;
}

/** The wrong parts of what was sent, in Chinese; `undefined`: the service doesn't have each of them so. */
function chineseOf({ answer }: ApiError): string | undefined {
  const { errors = [] } = (answer ?? {}) as {
    readonly errors?: readonly { readonly name: string; readonly zh?: string }[];
  };
  if (errors.length === 0 || errors.some((part) => part.zh === undefined)) return undefined;
  return errors.map((part) => `${part.name}：${part.zh}`).join('；');
}
