import { expect, test } from 'vitest';
import { writeRegion } from './write-region';

const PAGE =
  'before\n\n{/* generated: a */}\n\nold\n\n{/* end */}\n\n{/* generated: b */}\n\n{/* end */}\n';

test('the part between the marks is replaced, and nothing else', () => {
  expect(writeRegion(PAGE, 'a', 'new\n')).toBe(PAGE.replace('old', 'new'));
  expect(writeRegion(writeRegion(PAGE, 'b', 'x'), 'b', 'x')).toContain(
    '{/* generated: b */}\n\nx\n\n{/* end */}',
  );
});

test('a page without the marks is refused', () => {
  expect(() => writeRegion(PAGE, 'c', 'x')).toThrow('{/* generated: c */}');
  expect(() => writeRegion('{/* generated: a */}\n', 'a', 'x')).toThrow('{/* end */}');
});
