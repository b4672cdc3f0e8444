// Runs at `npm ci`: puts the project's own command beside those of its dependencies, since npx looks for it there.
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const place = fileURLToPath(new URL('../node_modules/.bin/kaidong', import.meta.url));
if (process.platform === 'win32') {
  writeFileSync(`${place}.cmd`, '@"%~dp0node" "%~dp0..\\..\\bin\\kaidong.js" %*\r\n');
} else {
  rmSync(place, { force: true });
  symlinkSync('../../bin/kaidong.js', place);
}
