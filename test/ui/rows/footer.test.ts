import { expect, test } from 'vitest'
import { footer } from '../../../src/ui/rows/footer.ts'
import { foreground, isBold } from '../../../src/ui/screen/style.ts'
import { canvas, OPEN_LOOK, rowText } from '../lists.ts'

const KEYS = [
  { key: '?', name: 'help' },
  { key: 'Tab', name: 'panel' },
  { key: 'f', name: 'full' },
  { key: 'Enter', name: 'watch' },
  { key: '/', name: 'filter' },
  { key: 's', name: 'sort' },
  { key: 'K', name: 'signal' },
  { key: 'q', name: 'quit' },
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
