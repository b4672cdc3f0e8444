import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RebuildPart, RebuildScope, RebuildSlice } from '../analysis/rebuild.ts';

const FILE = 'rebuild.json';

const place = z.object({
  scope: z.string(),
  from: z.int().nullable(),
  to: z.int().nullable(),
  /** The last machine that is done, up to where. */
  machine: z.string(),
  until: z.int(),
});

/** How far an interrupted rebuild came, in the data folder. */
export interface RebuildPlace {
  /** The slices without what an interrupted rebuild of the same scope has done. */
  left(slices: readonly RebuildSlice[]): readonly RebuildSlice[];
  done(slice: RebuildSlice): void;
  /** Nothing is left to go on with. */
  end(): void;
}

export function rebuildPlace(dir: string, asked: RebuildScope): RebuildPlace {
  const file = join(dir, FILE);
  return {
    left(slices) {
      const found = read(file);
      if (!found || found.scope !== asked.scope || found.from !== asked.from || found.to !== asked.to)
        return slices;
      const isLeft = ({ machine, to }: RebuildPart): boolean =>
        machine > found.machine || (machine === found.machine && to > found.until);
      return slices.flatMap((slice) => {
        const parts = slice.parts.filter(isLeft);
        if (parts.length === 0) return [];
        return [{ parts, cells: Math.ceil((slice.cells * parts.length) / slice.parts.length) }];
      });
    },
    done({ parts }) {
      const last = parts.at(-1);
      if (!last) return;
      const reached: z.infer<typeof place> = { ...asked, machine: last.machine, until: last.to };
      writeFileSync(`${file}.partial`, JSON.stringify(reached));
      renameSync(`${file}.partial`, file);
    },
    end: () => rmSync(file, { force: true }),
  };
}

function read(file: string): z.infer<typeof place> | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return place.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // What can't be read says nothing: all is rebuilt.
    return undefined;
  }
}
