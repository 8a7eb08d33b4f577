import { expect, test } from 'vitest'
import { focusShown } from '../../src/ui/app-layout.ts'
import { HOME_LAYOUT } from '../../src/ui/layout-choice.ts'
import { INITIAL, type ViewState, withProcesses } from '../../src/ui/state.ts'
import { typed } from '../../src/ui/text-input.ts'

const home: ViewState = { ...INITIAL, columns: 120, rows: 40 }
const hiding = { ...home, layout: { ...HOME_LAYOUT, hidden: ['processes' as const, 'cpu' as const] } }

test('the focus goes to a panel that is shown', () => {
  expect(focusShown(home)).toBe(home)
  expect(focusShown(hiding).focus).toBe('memory')
  expect(focusShown({ ...home, rows: 22, focus: 'disks' }).focus).toBe('processes')
  expect(focusShown({ ...hiding, rows: 22, focus: 'disks' }).focus).toBe('host')
})

test('a full view keeps its panel, and so does a screen without panels', () => {
  const full: ViewState = { ...hiding, focus: 'cpu', full: 'cpu' }
  expect(focusShown(full)).toBe(full)
  const tiny: ViewState = { ...home, columns: 20, focus: 'cpu' }
  expect(focusShown(tiny)).toBe(tiny)
})

test('a filter is never typed where it cannot be seen: a hidden process table is shown in full meanwhile', () => {
  const typing = withProcesses(hiding, { input: { kind: 'filter', line: typed('') } })
  expect(focusShown(typing)).toMatchObject({ focus: 'processes', full: 'processes' })
})
