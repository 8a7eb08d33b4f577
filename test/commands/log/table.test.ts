import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tableLine } from '../../../src/commands/log/table.ts'
import { textWidth } from '../../../src/lib/text.ts'

const ROW = {
  wallMs: Date.UTC(2026, 10, 25, 14, 2, 11),
  level: 'critical',
  subject: '/var',
  text: '97 % used',
  cause: 'vacuum-logs writes 38 MB/s',
} as const
const LOOK = { columns: 80, cut: true, days: false, ascii: false, colour: false }

test('when, how bad, what, what happened to it, why', () => {
  expect(tableLine(ROW, LOOK)).toBe(
    `14:02:11  ✖ ${'/var'.padEnd(18)}${'97 % used'.padEnd(24)}vacuum-logs writes 38 MB/s`,
  )
  expect(tableLine(ROW, { ...LOOK, columns: 100 })).toBe(
    `14:02:11  ✖ ${'/var'.padEnd(22)}${'97 % used'.padEnd(38)}vacuum-logs writes 38 MB/s`,
  )
  const long = { ...ROW, text: 'x'.repeat(40) }
  expect(tableLine(long, LOOK)).toBe(`14:02:11  ✖ ${'/var'.padEnd(18)}${'x'.repeat(27)}…  vacuum-logs writes …`)
  expect(tableLine({ ...ROW, cause: 'java' }, LOOK)).toBe(
    `14:02:11  ✖ ${'/var'.padEnd(18)}${'97 % used'.padEnd(30)}java`,
  )
  expect(tableLine({ ...ROW, cause: '' }, LOOK)).toBe('14:02:11  ✖ /var              97 % used')
  expect(tableLine({ ...ROW, level: 'ok', text: '', cause: '' }, { ...LOOK, days: true })).toBe(
    '25 Nov 14:02:11  ● /var',
  )
})

test('the rule stands behind it where there is room for all of it', () => {
  const row = { ...ROW, cause: 'java', rule: 'disk-full' }
  expect(tableLine(row, LOOK)).toBe(`14:02:11  ✖ ${'/var'.padEnd(18)}${'97 % used'.padEnd(30)}java  [disk-full]`)
  expect(tableLine({ ...ROW, rule: 'disk-full' }, LOOK)).toBe(tableLine(ROW, LOOK))
})

test('a program is given all of it', () => {
  const row = { ...ROW, subject: 's'.repeat(40), text: 't'.repeat(90), cause: 'c'.repeat(40), rule: 'disk-full' }
  expect(tableLine(row, { ...LOOK, cut: false })).toBe(
    `14:02:11  ✖ ${row.subject}  ${row.text}  ${row.cause}  [disk-full]`,
  )
  expect(tableLine(ROW, { ...LOOK, cut: false })).toBe(tableLine(ROW, LOOK))
})

test('without UTF-8 there is ASCII only', () => {
  const row = { ...ROW, subject: 'größe', text: 'x'.repeat(90) }
  expect(tableLine(row, { ...LOOK, ascii: true })).toMatch(/^14:02:11 {2}X gr\?\?e {13}x+\.\.\. {2}vac[\x20-\x7e]+$/)
})

test('colours are those of the terminal, and none where they are not wanted', () => {
  expect(tableLine(ROW, { ...LOOK, colour: true })).toBe(
    `\x1b[90m14:02:11\x1b[0m  \x1b[31m✖\x1b[0m \x1b[1m/var\x1b[0m${' '.repeat(14)}${'97 % used'.padEnd(24)}\x1b[90mvacuum-logs writes 38 MB/s\x1b[0m`,
  )
})

test('a line is never wider than the terminal, whatever is in it, and drives nothing', () => {
  const text = fc.string({ unit: 'binary', maxLength: 120 })
  fc.assert(
    fc.property(
      fc.integer({ min: 40, max: 200 }),
      fc.boolean(),
      fc.boolean(),
      text,
      text,
      text,
      (columns, days, ascii, ...texts) => {
        const [subject, said, cause] = texts
        const line = tableLine(
          { ...ROW, subject, text: said, cause, rule: 'disk-full' },
          { ...LOOK, columns, days, ascii },
        )
        expect(textWidth(line)).toBeLessThanOrEqual(columns)
        expect(line).not.toMatch(/\p{Cc}/u)
      },
    ),
  )
})
