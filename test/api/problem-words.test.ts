import { expect, test } from 'vitest';
import { z } from 'zod';
import { refuseUnprintable } from '../../api/http/assess-parameters.ts';
import { chineseOf } from '../../api/wire/problem-words.ts';

const issueOf = (schema: z.ZodType, value: unknown) => {
  const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
  if (!issue) throw new Error('nothing is wrong');
  return issue;
};
const said = (schema: z.ZodType, value: unknown) => {
  const issue = issueOf(schema, value);
  return chineseOf(issue.message, issue);
};

test("what the checking library says of a value is told in Chinese, a schema's own words are not replaced", () => {
  expect(said(z.string(), 7)).toMatch(/无效输入.*string/);
  expect(said(z.array(z.string()).min(1), [])).toMatch(/数值过小/);
  expect(said(z.enum(['a', 'b']), 'c')).toMatch(/无效选项/);
  expect(said(z.int('is no whole number of pieces'), 1.5)).toBe('不是整数件数');
  expect(said(z.int('is no such thing'), 1.5)).toBeNull();
});

test('a control character is told in Chinese with its place', () => {
  const message = (() => {
    try {
      refuseUnprintable('A\u0007B');
    } catch (error) {
      return (error as Error).message;
    }
    return '';
  })();
  expect(chineseOf(message)).toBe('第 2 个字符是控制字符或残缺字符（U+0007）');
  expect(chineseOf('is as nobody ever said it')).toBeNull();
});
