import fc from 'fast-check'
import { expect, test } from 'vitest'
import { graphemes } from '../../../src/lib/text.ts'
import { drawFitted } from '../../../src/ui/paint/fitted.ts'
import type { Look } from '../../../src/ui/paint/look.ts'
import { Grid } from '../../../src/ui/screen/grid.ts'
import { Surface } from '../../../src/ui/screen/surface.ts'
import { UNICODE } from '../../../src/ui/theme/glyphs.ts'

const LOOK: Look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false }

function drawn(texts: readonly string[], columns: number): string {
  const grid = new Grid(20, 1)
  const surface = new Surface(grid, { x: 0, y: 0, columns: 20, rows: 1 })
  const segments = texts.map((text) => ({ text, style: 0 }))
  const used = drawFitted(surface, 0, 0, segments, columns, LOOK)
  return `${used} ${grid.rowText(0).trimEnd()}`
}

/** Grapheme by grapheme, each segment by itself. */
function expected(texts: readonly string[], columns: number): string {
  const all = texts.flatMap((text) => graphemes(text))
  const width = all.reduce((sum, grapheme) => sum + grapheme.width, 0)
  let out = ''
  let used = 0
  for (const grapheme of all) {
    if (width > columns && used + grapheme.width > columns - 1) return `${used + 1} ${`${out}…`.trimEnd()}`
    out += grapheme.text
    used += grapheme.width
  }
  return `${used} ${out.trimEnd()}`
}

test('what fits is drawn whole, what does not ends in an ellipsis', () => {
  expect(drawn(['node', ' --inspect'], 14)).toBe('14 node --inspect')
  expect(drawn(['node', ' --inspect'], 13)).toBe('13 node --inspe…')
  expect(drawn(['漢字', 'ab'], 4)).toBe('3 漢…')
})

test('long and mixed texts are cut where grapheme by grapheme they would be', () => {
  const unit = fc.constantFrom('a', ' ', 'é', '─', '漢', 'e\u0301', '😀', '…')
  const text = fc.array(unit, { maxLength: 30 }).map((units) => units.join(''))
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 20 }), (texts, columns) => {
      expect(drawn(texts, columns)).toBe(expected(texts, columns))
    }),
  )
})
