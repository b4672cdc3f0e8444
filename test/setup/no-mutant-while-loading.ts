/**
 * While a test file and what it imports are loaded, no mutant holds: modules stay for the runs to come, and would keep what
 * it made of them. The name is that of Stryker's own state (its option `globalNamespace`).
 */
const { __stryker__: stryker } = globalThis as { __stryker__?: { activeMutant?: string | undefined } };
if (stryker) stryker.activeMutant = undefined;
