/** Why a request may not pass. `missing` and `malformed`: no usable header; `unknown`: no such token, or revoked. */
export type BearerRefusal = 'missing' | 'malformed' | 'unknown';

export type BearerVerdict =
  | { readonly ok: true; readonly name: string }
  | { readonly ok: false; readonly why: BearerRefusal };

/**
 * Checks an `Authorization` header (RFC 6750 §2.1) with `verify`, which must compare in constant time. The scheme is
 * case-insensitive (RFC 9110 §11.1).
 */
export function checkBearer(
  header: string | undefined,
  verify: (token: string) => { readonly name: string } | undefined,
): BearerVerdict {
  if (header === undefined || header === '') return { ok: false, why: 'missing' };
  const token = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(header)?.[1];
  if (token === undefined) return { ok: false, why: 'malformed' };
  const found = verify(token);
  return found ? { ok: true, name: found.name } : { ok: false, why: 'unknown' };
}
