import { isBuiltin } from 'node:module';

const MARK = '\0node:';

/**
 * For the pack: names of Node's own parts are had one by one. For an imported module Node evaluates all that it names, and `parseArgs`
 * of `node:util` would bring threads, comparing and MIME types with it. What is required is had so anyway.
 */
export const builtins = {
  name: 'builtins',
  enforce: 'pre' as const,
  resolveId: (id: string, _: unknown, { kind }: { readonly kind?: string }): string | null =>
    isBuiltin(id) && kind !== 'require-call' ? MARK + id.replace(/^node:/, '') : null,
  load(id: string): string | null {
    if (!id.startsWith(MARK)) return null;
    const part = `node:${id.slice(MARK.length)}`;
    const lines = Object.keys(process.getBuiltinModule(part) ?? {}).map(
      (name) => `export const ${name} = /* @__PURE__ */ (() => part().${name})();`,
    );
    return [
      `const part = () => process.getBuiltinModule('${part}');`,
      ...lines,
      'export default part();',
    ].join('\n');
  },
};
