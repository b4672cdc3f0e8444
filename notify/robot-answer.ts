import type { Verdict } from './channel.ts';

const LONGEST = 200;

/**
 * What a robot answered. Both kinds answer HTTP 200 whatever happened; `errcode` in the JSON says it. Their `errmsg` is
 * kept short, and without addresses: some repeat the caller's.
 */
export function robotAnswer(
  body: string,
):
  | Extract<Verdict, { is: 'delivered' | 'again' }>
  | { readonly is: 'refused'; readonly code: number; readonly why: string } {
  let answer: { errcode?: unknown; errmsg?: unknown } | null;
  try {
    answer = JSON.parse(body) as typeof answer;
  } catch {
    return { is: 'again', why: 'the answer is no JSON; is there a proxy in between?' };
  }
  const code = answer?.errcode;
  if (code === 0) return { is: 'delivered' };
  if (typeof code !== 'number')
    return { is: 'again', why: 'the answer has no errcode; is the url that of a robot?' };
  const said = typeof answer?.errmsg === 'string' ? answer.errmsg : '';
  const short = said
    .replace(/https?:\/\/\S+/g, '…')
    .replace(/[\p{Cc}]+/gu, ' ')
    .slice(0, LONGEST);
  return { is: 'refused', code, why: `errcode ${code}${short && `: ${short}`}` };
}
