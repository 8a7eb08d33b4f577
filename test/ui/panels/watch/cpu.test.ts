import { expect, test } from 'vitest'
import { perSecond } from '../../../../src/ui/panels/watch/cpu.ts'

const text = (value: number | undefined, width?: number) =>
  perSecond('forced', value, width)
    .map((part) => part.text)
    .join('')

test('what happens so often a second has a unit that grows, and what follows it stays in place', () => {
  expect([undefined, 0, 27.4, 620, 999.6, 4100, 99_960].map((value) => text(value))).toEqual([
    '',
    'forced 0/s',
    'forced 27/s',
    'forced 620/s',
    'forced 1.0 k/s',
    'forced 4.1 k/s',
    'forced 100 k/s',
  ])
  expect([0, 27.4, 620].map((value) => text(value, 3).length)).toEqual([12, 12, 12])
})
