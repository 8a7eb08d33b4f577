import { expect, test } from 'vitest'
import { layoutOf, panelsOf, placesOf } from '../../src/ui/layout.ts'

function rowsOf(columns: number, rows: number): string[] {
  return [...placesOf(layoutOf(columns, rows))].map(
    ([name, rect]) => `${name} ${rect.x},${rect.y} ${rect.columns}x${rect.rows}`,
  )
}

test('120x40 is as the look says', () => {
  expect(rowsOf(120, 40)).toEqual([
    'header 0,0 120x1',
    'now 0,1 120x1',
    'next 0,2 120x1',
    'cpu 0,3 72x9',
    'memory 72,3 48x9',
    'disks 0,12 72x7',
    'network 72,12 48x7',
    'services 0,19 72x8',
    'log 72,19 48x8',
    'processes 0,27 120x12',
    'footer 0,39 120x1',
  ])
})

test('80x24 is as the look says', () => {
  expect(rowsOf(80, 24)).toEqual([
    'header 0,0 80x1',
    'now 0,1 80x1',
    'next 0,2 80x1',
    'cpu 0,3 39x4',
    'memory 41,3 39x4',
    'disks 0,7 39x4',
    'network 41,7 39x4',
    'services 0,11 47x5',
    'log 49,11 31x5',
    'processes 0,16 80x7',
    'footer 0,23 80x1',
  ])
})

test('60x20 has one column, below it the verdict is all', () => {
  expect(rowsOf(60, 20)).toEqual([
    'header 0,0 60x1',
    'now 0,1 60x1',
    'next 0,2 60x1',
    'host 0,3 60x6',
    'services 0,9 60x4',
    'processes 0,13 60x6',
    'footer 0,19 60x1',
  ])
  expect(rowsOf(20, 5)).toEqual(['tiny 0,0 20x5'])
  expect(rowsOf(1, 1)).toEqual(['tiny 0,0 1x1'])
})

test('200x60 opens a third column', () => {
  expect(rowsOf(200, 60)).toEqual([
    'header 0,0 200x1',
    'now 0,1 200x1',
    'next 0,2 200x1',
    'cpu 0,3 84x13',
    'memory 84,3 60x13',
    'ahead 144,3 56x13',
    'disks 0,16 84x7',
    'network 84,16 60x7',
    'pressure 144,16 56x7',
    'services 0,23 118x16',
    'log 118,23 82x16',
    'processes 0,39 200x20',
    'footer 0,59 200x1',
  ])
})

test('at every size the canvases lie on the screen, side by side, and a panel has room for a row of content', () => {
  for (let columns = 1; columns <= 400; columns += 7) {
    for (let rows = 1; rows <= 120; rows += 3) {
      const taken = new Set<number>()
      for (const [name, rect] of placesOf(layoutOf(columns, rows))) {
        expect(rect.x + rect.columns, `${name} at ${columns}x${rows}`).toBeLessThanOrEqual(columns)
        expect(rect.y + rect.rows, `${name} at ${columns}x${rows}`).toBeLessThanOrEqual(rows)
        if (columns >= 60 && rows >= 20 && !['header', 'now', 'next', 'footer'].includes(name)) {
          expect(rect.rows, `${name} at ${columns}x${rows}`).toBeGreaterThanOrEqual(3)
        }
        for (let y = rect.y; y < rect.y + rect.rows; y++) {
          const cell = y * columns + rect.x
          expect(taken.has(cell), `${name} at ${columns}x${rows}`).toBe(false)
          taken.add(cell)
        }
      }
    }
  }
})

test('a full view leaves the first three rows and the footer', () => {
  const layout = layoutOf(120, 40, 'disks')
  expect(placesOf(layout).get('disks')).toEqual({ x: 0, y: 3, columns: 120, rows: 36 })
  expect(panelsOf(layout)).toEqual(['disks'])
})
