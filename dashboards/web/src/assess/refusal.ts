import { ApiError } from '../api.ts';
import type { Words } from '../i18n/zh.ts';

/** Why something was refused, in the page's words; the service's own text where it says more. */
export function refusalText(error: unknown, words: Words): string {
  if (!(error instanceof ApiError)) return (error as Error).message;
  if (error.status === 0 && error.code === 'no-answer') return words.noAnswerNow;
  const known = (words.refusals as Readonly<Record<string, string>>)[error.code];
  return known ? `${known} (${error.message})` : `${error.message} (${error.code})`;
}
