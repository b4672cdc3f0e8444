import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const FILES = { en: 'README.md', zh: 'README.zh-CN.md' } as const;

/** What both readers need: headings by level, links, and commands without what is said of them. */
function contentOf(language: keyof typeof FILES) {
  const text = readFileSync(join(ROOT, FILES[language]), 'utf8');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => (link as string).replace(/#.*/, '').replace(`-${language}.png`, '.png'))
    .filter((link) => link !== FILES.en && link !== FILES.zh);
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block]) =>
    (block as string)
      .split('\n')
      .map((line) => line.replace(/\s+#.*|^#.*/, '').replace(/reports\/\S+\.json/, 'reports/PILOT.json'))
      .filter((line) => line !== ''),
  );
  return {
    headings: [...text.matchAll(/^#+ /gm)].map(([mark]) => mark).length,
    links: [...new Set(links)].sort(),
    blocks,
  };
}

test('the README says the same in both languages: as many headings, the same links, the same commands', () => {
  expect(contentOf('zh')).toEqual(contentOf('en'));
});
