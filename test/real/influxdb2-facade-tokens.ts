import { randomBytes } from 'node:crypto';

export interface Answer {
  readonly status: number;
  /** An object is sent as JSON, a text as it is. */
  readonly body?: object | string;
}

export const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { code, message },
});

/** What a token may do. */
export interface Grant {
  readonly isAdmin: boolean;
  may(action: 'read' | 'write', bucketId: string): boolean;
}

interface Permission {
  readonly action: string;
  readonly resource: { readonly id?: string };
}

/** Tokens of the façade: the administrator's, and others made and taken away over `/api/v2/authorizations`. */
export function tokenDesk(adminToken: string) {
  const admin: Grant = { isAdmin: true, may: () => true };
  const made = new Map<
    string,
    { readonly id: string; readonly permissions: readonly Permission[]; isActive: boolean }
  >();

  /** The grant of a header `Authorization`, or what the path answers to one that has none. */
  const grantOf = (header: string, path: string): Grant | Answer => {
    if (header === `Token ${adminToken}`) return admin;
    const own = made.get(header.replace(/^Token /, ''));
    if (!own?.isActive && path === '/query') return refusal(401, 'unauthorized', 'Unauthorized');
    if (own === undefined) return refusal(401, 'unauthorized', 'unauthorized access');
    if (!own.isActive)
      return refusal(403, 'forbidden', 'insufficient permissions for write: token is inactive');
    return {
      isAdmin: false,
      may: (action, bucketId) =>
        own.permissions.some(
          ({ action: allowed, resource }) => allowed === action && resource.id === bucketId,
        ),
    };
  };

  const answer = (path: string, body: string): Answer | undefined => {
    if (path === 'POST /api/v2/authorizations') {
      const { permissions } = JSON.parse(body) as { permissions: readonly Permission[] };
      const id = randomBytes(8).toString('hex');
      const token = `token-${id}`;
      made.set(token, { id, permissions, isActive: true });
      return { status: 201, body: { id, token } };
    }
    const [, method, id] = /^(PATCH|DELETE) \/api\/v2\/authorizations\/(\w+)$/.exec(path) ?? [];
    const token = `token-${id}`;
    const found = made.get(token);
    if (found === undefined) return undefined;
    if (method === 'DELETE') made.delete(token);
    else found.isActive = false;
    return { status: method === 'DELETE' ? 204 : 200, body: method === 'DELETE' ? '' : { id } };
  };

  return { grantOf, answer };
}
