import { expect, test } from 'vitest'
import { footer, footerCommandAt } from '../../../src/ui/rows/footer.ts'
import { foreground, isBold } from '../../../src/ui/screen/style.ts'
import { canvas, OPEN_LOOK, rowText } from '../lists.ts'

const KEYS = [
  { key: '?', name: 'help', command: 'help' },
  { key: 'Tab', name: 'panel', command: 'panel' },
  { key: 'f', name: 'full', command: 'full' },
  { key: 'Enter', name: 'watch', command: 'watch' },
  { key: '/', name: 'filter', command: 'filter' },
  { key: 's', name: 'sort', command: 'sort' },
  { key: 'K', name: 'signal', command: 'signal' },
  { key: 'q', name: 'quit', command: 'quit' },
]
const COST = { cpuRatio: 0.003, memoryBytes: 71e6 }

const row = (columns: number, options: Partial<Parameters<typeof footer>[2]> = {}) =>
  rowText(columns, (surface) => footer(surface, OPEN_LOOK, { keys: KEYS, cost: COST, ...options }))

test('keys go whole from the right, help and quit last; so does the cost', () => {
  expect([120, 80, 60, 30, 18, 9].map((columns) => row(columns))).toEqual([
    '| ? help  Tab panel  f full  Enter watch  / filter  s sort  K signal  q quit                  healthtop 0.3 % cpu  71 MB |',
    '| ? help  Tab panel  f full  Enter watch  / filter  q quit   healthtop 0.3 % cpu |',
    '| ? help  Tab panel  f full  Enter watch  / filter  q quit   |',
    '| ? help  Tab panel  q quit    |',
    '| ? help  q quit   |',
    '| ? help  |',
  ])
})

test('a cost that is not known is not there', () => {
  expect(row(80, { cost: undefined })).not.toContain('healthtop')
  expect(row(80, { cost: { memoryBytes: 71e6 } })).not.toContain('healthtop')
  expect(row(120, { cost: { memoryBytes: 71e6 } })).toContain('  healthtop  71 MB |')
})

test('a notice takes the place of the keys', () => {
  expect(row(80, { notice: 'TERM sent to node 4211' })).toBe(
    '| TERM sent to node 4211                                     healthtop 0.3 % cpu |',
  )
})

test('keys are accented, names dim', () => {
  const { grid, surface } = canvas(80, 1)
  footer(surface, OPEN_LOOK, { keys: KEYS })
  expect([foreground(grid.styles[1] as number), isBold(grid.styles[1] as number)]).toEqual(['accent', true])
  expect(foreground(grid.styles[3] as number)).toBe('dim')
})

test('a click on a key of the footer is that key, beside it nothing', () => {
  const at = (x: number, columns = 120) => footerCommandAt(x, KEYS, columns, COST)
  const line = row(120).slice(1)
  expect(at(line.indexOf('? help'))).toBe('help')
  expect(at(line.indexOf('signal'))).toBe('signal')
  expect(at(line.indexOf('signal') - 3)).toBeUndefined()
  expect(at(line.indexOf('healthtop'))).toBeUndefined()
  // What went for want of room is not there to be clicked.
  expect(Array.from({ length: 30 }, (_, x) => at(x, 30))).not.toContain('signal')
})

test('the way out of a dialog stays as long as anything', () => {
  const keys = [
    { key: '↑ ↓', name: 'column', command: 'choice.up' },
    { key: 'Space', name: 'show', command: 'columns.toggle' },
    { key: 'Enter', name: 'keep', command: 'columns.apply' },
    { key: 'Esc', name: 'cancel', command: 'close' },
  ]
  expect([60, 30, 12].map((columns) => row(columns, { keys }).trimEnd())).toEqual([
    '| ↑ ↓ column  Space show  Enter keep  Esc cancel             |',
    '| ↑ ↓ column  Esc cancel       |',
    '| Esc cancel |',
  ])
})
