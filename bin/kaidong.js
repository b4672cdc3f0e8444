#!/usr/bin/env node
// Starts the command line under the Node that `npm ci` brought, whatever Node the host has.
// Imported, Node's parts would be loaded with all that they name, twice where the process begins anew.
const [major] = process.versions.node.split('.').map(Number);
const isIngest = process.argv[2] === 'ingest';
// What is young in an ingest is gone after a group of messages: half of the room that V8 would take for it takes a sixth less memory
// for some 3 per cent of CPU. With half of that from the beginning, a start's modules are not moved about while it grows: a tenth
// of a start's CPU. V8 takes this only when it starts; who set it knows better.
const startFlags =
  isIngest &&
  !/max[-_]semi[-_]space[-_]size/.test(`${process.execArgv.join(' ')} ${process.env.NODE_OPTIONS ?? ''}`)
    ? ['--max-semi-space-size=16', '--min-semi-space-size=8']
    : [];
// Set for the process that a launcher under an older Node starts.
const LAUNCHED = 'KAIDONG_LAUNCHED';
// glibc keeps a heap for each few threads that ask for memory; with two, what was given back is used again sooner.
const env = { MALLOC_ARENA_MAX: '2', ...process.env };
if (major >= 26 && startFlags.length > 0 && process.execve) {
  // The same process begins anew, which takes 25 ms.
  process.execve(
    process.execPath,
    [process.execPath, ...process.execArgv, ...startFlags, ...process.argv.slice(1)],
    env,
  );
} else if (major >= 26) {
  const v8 = process.getBuiltinModule('node:v8');
  // V8 takes arrays of readings for lasting ones, since many are waiting for the store whenever it looks, and makes them
  // where they are seldom collected: a seventh more memory, for nothing.
  v8.setFlagsFromString('--no-allocation-site-pretenuring');
  // What lives long is little and changes little: collecting a little sooner than V8 would takes a tenth less memory
  // for some CPU; at 30 per cent it cost a third more. What takes messages alone has less of it, and can wait longer.
  v8.setFlagsFromString(`--heap-growing-percent=${isIngest ? 100 : 70}`);
  if (isIngest) {
    // Beside a broker and a store that have the other cores, threads that help to collect what is young cost more than they
    // save: a twelfth of the CPU. Where all is one process, they are what keeps its pauses short.
    v8.setFlagsFromString('--no-parallel-scavenge');
    // Threads that compile took a seventh of the CPU of a drained queue. With less put into one another there is less to
    // compile, anew too where what was guessed proves wrong, and the code is as quick.
    v8.setFlagsFromString('--max-inlined-bytecode-size-cumulative=400');
  }
  // Compiled and stripped of types once, not at every start; inside the project, where nobody else may write. Where we may not: no cache.
  process
    .getBuiltinModule('node:module')
    .enableCompileCache(`${import.meta.dirname}/../node_modules/.cache/kaidong`);
  if (process.env[LAUNCHED] && process.channel) {
    // Who kills the launcher means the platform: one that lived on unseen would keep the data folder, and the next start is refused.
    process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
    process.channel.unref();
  }
  delete process.env[LAUNCHED];
  const { beginning, SOURCE } = await import('./packed.js');
  // Who asks for stacks wants them with the lines of the project's files.
  await import(process.env.KAIDONG_DEBUG ? SOURCE : beginning());
} else {
  const { spawn } = await import('node:child_process');
  const { existsSync } = await import('node:fs');
  const { fileURLToPath } = await import('node:url');
  const own = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
  if (!existsSync(own)) {
    console.error(
      `kaidong needs Node 26 or newer; this is ${process.version}. Run "npm ci" in the project's folder, which brings it.`,
    );
    process.exit(1);
  }
  const self = fileURLToPath(import.meta.url);
  const child = spawn(own, [...startFlags, self, ...process.argv.slice(2)], {
    env: { ...env, [LAUNCHED]: '1' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (status, signal) => process.exit(signal ? 1 : (status ?? 1)));
}
