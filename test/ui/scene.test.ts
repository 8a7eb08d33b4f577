import { expect, test } from 'vitest'
import type { SeriesView } from '../../src/model/frame.ts'
import { layoutOf } from '../../src/ui/layout.ts'
import { Scene } from '../../src/ui/scene.ts'
import { INITIAL } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'
import { SERVICES } from '../fixtures/checks.ts'
import { frameOf } from '../fixtures/frame.ts'

const LOOK = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const

function paint(scene: Scene, frame = frameOf(), config?: string) {
  return scene.paint({
    frame,
    state: { ...INITIAL, columns: 120, rows: 40 },
    nowMs: frame.wallMs,
    sinceMs: 0,
    staleMs: 3000,
    keys: [],
    config,
  })
}

function sceneOf(): Scene {
  const scene = new Scene(LOOK)
  scene.baseFromLayout(layoutOf(120, 40))
  return scene
}

test('a painter that throws fails its panel alone, says why, and is well again with the next frame', () => {
  const scene = sceneOf()
  const { metrics } = frameOf()
  const broken: SeriesView = {
    ...metrics,
    value: (key) => {
      if (key === 'cpu_user_ratio') throw new Error('no such\x1b[2J ring')
      return metrics.value(key)
    },
  }
  const grid = paint(scene, frameOf({ metrics: broken }))
  expect(grid.rowText(4)).toContain('this panel failed: no such[2J ring')
  expect(grid.rowText(3)).toContain('2 Memory')
  expect(paint(scene).rowText(4)).not.toContain('failed')
})

test('a panel whose selection did not change is not painted again', () => {
  const scene = sceneOf()
  const frame = frameOf()
  const grid = paint(scene, frame)
  const at = 28 * grid.columns + 20
  grid.chars[at] = '#'
  paint(scene, frame)
  expect(grid.chars[at]).toBe('#')
})

test('under an overlay everything is painted faint, and nothing outside of the holes', () => {
  const scene = sceneOf()
  const grid = paint(scene)
  grid.owners.fill(0, 0, 10 * grid.columns)
  scene.setBase(grid, layoutOf(120, 40), true)
  const before = grid.rowText(5)
  grid.chars.fill('.', 0, 10 * grid.columns)
  paint(scene)
  expect(before).not.toBe(grid.rowText(5))
  expect(grid.rowText(5)).toBe('.'.repeat(120))
})

test('checks that say the same are not painted again, and one that changed is', () => {
  const scene = sceneOf()
  const checks = [...SERVICES]
  const grid = paint(scene, frameOf({ checks }))
  const at = 20 * grid.columns + 60
  grid.chars[at] = '#'
  paint(scene, frameOf({ checks, tick: 2, wallMs: frameOf().wallMs + 1000 }))
  expect(grid.chars[at]).toBe('#')
  paint(scene, frameOf({ checks: [...checks] }))
  expect(grid.chars[at]).not.toBe('#')
})

test('a mistake in the configuration is shown as long as it stands', () => {
  const scene = sceneOf()
  expect(paint(scene, frameOf(), 'healthtop.yaml:12:5 it is wrong').rowText(2)).toContain('CONF  healthtop.yaml:12:5')
  expect(paint(scene).rowText(2)).toContain('LAST')
})
