import { levelsOf } from '../../domain/path.ts';
import { parameter, quoted } from './parameter.ts';

/** The path of one machine. */
export const machinePath = (description: string) =>
  parameter(
    (text) => {
      if (levelsOf(text)) return text;
      throw new Error(`${quoted(text)} has not five levels`);
    },
    {
      description,
      allowed: ['enterprise/site/area/line/machine'],
      examples: ['acme/zhoushan/moulding/line1/imm-01'],
    },
  );

/** The path of one line. */
export const linePath = (description: string) =>
  parameter(
    (text) => {
      if (levelsOf(`${text}/machine`)) return text;
      throw new Error(`${quoted(text)} has not four levels`);
    },
    { description, allowed: ['enterprise/site/area/line'], examples: ['acme/zhoushan/moulding/line1'] },
  );

/** The path of a site, or of a part of it. */
export const sitePath = parameter(
  (text) => {
    const levels = text.split('/');
    if (levels.length >= 2 && levels.length <= 5 && levels.every((level) => level !== '')) return text;
    throw new Error(`${quoted(text)} has not two to five levels`);
  },
  {
    description: 'The site, or a part of it: then the calendar that holds there alone',
    allowed: ['enterprise/site, or a longer path, outermost level first'],
    examples: ['acme/zhoushan', 'acme/zhoushan/moulding/line1'],
  },
);

/** A machine path in the URL's own path: of another depth, it is just not found. */
export const machineInPath = parameter((text) => text, {
  description: 'The machine path; its slashes may be percent-encoded',
  allowed: ['enterprise/site/area/line/machine'],
  examples: ['acme/zhoushan/moulding/line1/imm-01'],
});

/** Reads a scope. Throws where it is no path prefix of whole levels. */
export function levelsOfScope(text: string): string {
  const levels = text.split('/');
  if (text === '' || (levels.length <= 5 && levels.every((level) => level !== ''))) return text;
  throw new Error(`${quoted(text)} is no path of one to five levels`);
}

export const scope = parameter(levelsOfScope, {
  description: 'Path prefix of whole levels; absent or empty: every machine',
  allowed: ['a path of one to five levels, outermost first, without a slash at either end'],
  examples: ['acme/zhoushan', 'acme/zhoushan/moulding/line1/imm-01'],
}).default('');
