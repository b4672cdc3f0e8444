// Runs at `npm ci`, under whatever Node the host has: puts the project's own command beside those of its dependencies,
// since npx looks for it there, and the Node that came as a package, which some versions of npm leave unlinked when they
// discard the packages of the other platforms.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../node_modules/.bin', import.meta.url));
const windows = process.platform === 'win32';

function link(name, target) {
  const place = join(bin, name);
  if (windows) {
    const run = target.endsWith('.js')
      ? `"%~dp0node" "%~dp0${relative(bin, target)}"`
      : `"%~dp0${relative(bin, target)}"`;
    writeFileSync(`${place}.cmd`, `@${run} %*\r\n`);
    return;
  }
  rmSync(place, { force: true });
  symlinkSync(relative(bin, target), place);
}

const { optionalDependencies } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
);
const require = createRequire(import.meta.url);
const nodes = Object.keys(optionalDependencies)
  .map((name) => fileURLToPath(new URL(`../node_modules/${name}/package.json`, import.meta.url)))
  .filter((file) => existsSync(file))
  .map((file) => ({ file, ...require(file) }))
  .filter(({ os, cpu }) => os?.includes(process.platform) && cpu?.includes(process.arch));
const [node] = nodes;
if (!node) {
  console.error(
    `There is no Node 26 for ${process.platform}-${process.arch} among the packages; install Node 26 yourself.`,
  );
} else {
  link('node', join(dirname(node.file), typeof node.bin === 'string' ? node.bin : node.bin.node));
}
link('kaidong', fileURLToPath(new URL('./kaidong.js', import.meta.url)));
