import { expect, test } from 'vitest'
import { panelsOf } from '../../src/ui/layout.ts'
import { watchLayout } from '../../src/ui/watch-layout.ts'
import { expectFilled } from './filled.ts'

const view = (section: 'panels' | 'environment' | 'files' | 'threads') =>
  ({ target: { kind: 'name', name: 'x' }, section, unmasked: false }) as const

test('at any size its bands fill the screen, nothing overlaps and nothing is empty', () => {
  expectFilled(['panels', 'environment', 'files', 'threads'] as const, (columns, rows, section) =>
    watchLayout(columns, rows, undefined, view(section)),
  )
})

test('all nine stand in boxes, and the charts stay above a list', () => {
  expect(panelsOf(watchLayout(120, 40, undefined, view('panels')))).toHaveLength(9)
  expect(panelsOf(watchLayout(100, 32, undefined, view('panels')))).toHaveLength(9)
  expect(panelsOf(watchLayout(120, 40, undefined, view('files')))).toEqual(['watch-cpu', 'watch-memory', 'watch-files'])
  expect(panelsOf(watchLayout(120, 40, 'watch-who', view('files')))).toEqual(['watch-who'])
})

test('home is the picture: 11, 8, 9 and 8 rows', () => {
  const { bands } = watchLayout(120, 40, undefined, view('panels'))
  expect(bands.slice(3, -1).map(({ rows }) => rows)).toEqual([11, 8, 9, 8])
})
