import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { EpochMs } from '../domain/time.ts';

export interface TokenEntry {
  readonly id: number;
  readonly name: string;
  readonly createdAt: EpochMs;
  /** To the minute; `null`: never used. */
  readonly lastUsedAt: EpochMs | null;
}

/** Tells a leaked token's origin to secret scanners and people. */
const PREFIX = 'kaidong_';
const LAST_USED_GRAIN_MS = 60_000;

/**
 * Bearer tokens: 256 random bits, of which only the SHA-256 is stored. A random secret of that length needs no slow
 * hash: there is no dictionary to try.
 */
export function openTokens(db: DatabaseSync, now: () => EpochMs) {
  const insert = db.prepare('INSERT INTO token (name, sha256, created_at) VALUES (?, ?, ?)');
  const all = db.prepare(
    'SELECT id, name, created_at AS createdAt, last_used_at AS lastUsedAt FROM token ORDER BY name',
  );
  const hashes = db.prepare('SELECT id, name, sha256, last_used_at FROM token');
  const touch = db.prepare('UPDATE token SET last_used_at = ? WHERE id = ?');
  const drop = db.prepare('DELETE FROM token WHERE name = ?');
  const any = db.prepare('SELECT EXISTS (SELECT 1 FROM token) AS found');
  const named = db.prepare('SELECT 1 FROM token WHERE name = ?');

  return {
    /** Returns the secret, which can't be shown again. Throws where the name is empty or taken. */
    create(name: string): string {
      if (!/^[\p{L}\p{N} ._@-]{1,100}$/u.test(name)) {
        throw new Error(`token name "${name}": use 1 to 100 letters, digits, spaces or . _ @ -`);
      }
      if (named.get(name)) {
        throw new Error(`a token named "${name}" exists: choose another name, or revoke that one first`);
      }
      const secret = PREFIX + randomBytes(32).toString('base64url');
      insert.run(name, sha256(secret), now());
      return secret;
    },

    list(): readonly TokenEntry[] {
      return all.all() as unknown as TokenEntry[];
    },

    /** Whether there was one of that name. Other processes refuse it from their next check on. */
    revoke(name: string): boolean {
      return drop.run(name).changes > 0;
    },

    exist(): boolean {
      return any.get()!.found === 1;
    },

    /** Compares with every hash in constant time, so that the time taken tells nothing about any of them. */
    verify(secret: string): { readonly name: string } | undefined {
      const given = sha256(secret);
      let match: Record<string, unknown> | undefined;
      for (const row of hashes.all()) {
        if (timingSafeEqual(row.sha256 as Uint8Array, given)) match = row;
      }
      if (!match) return undefined;
      const at = now();
      if (at - ((match.last_used_at as EpochMs | null) ?? 0) >= LAST_USED_GRAIN_MS)
        touch.run(at, match.id as number);
      return { name: match.name as string };
    },
  };
}

function sha256(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
