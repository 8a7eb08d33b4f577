import { expect } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import { screenLayout } from '../../src/ui/app-layout.ts'
import type { KeyBinding } from '../../src/ui/keys/binding.ts'
import { Scene } from '../../src/ui/scene.ts'
import type { ViewState } from '../../src/ui/state.ts'
import { ASCII, UNICODE } from '../../src/ui/theme/glyphs.ts'
import { NOW } from '../fixtures/frame.ts'

/** Sizes at which a screen is held against its golden text. */
export const SIZES = [
  [200, 60],
  [120, 40],
  [100, 32],
  [80, 24],
  [60, 20],
] as const

export interface Painting {
  /** Keys of the footer, each with its word: `q quit`. */
  readonly keys: readonly string[]
  readonly ascii?: boolean
  readonly bindings?: readonly KeyBinding[]
}

/** A screen as text, without boxes around it in Ink: what its painters paint. No panel of it has failed. */
export function painted(frame: Frame, state: ViewState, { keys, ascii = false, bindings }: Painting): string {
  const scene = new Scene({
    glyphs: ascii ? ASCII : UNICODE,
    charts: ascii ? 'ascii' : 'braille',
    depth: 'truecolor',
    boxed: false,
  })
  scene.baseFromLayout(screenLayout(state))
  const grid = scene.paint({
    frame,
    state,
    nowMs: frame.wallMs,
    sinceMs: NOW - 600_000,
    staleMs: 3000,
    keys: keys.map((text) => {
      const [key = '', name = ''] = text.split(' ')
      return { key, name, command: name }
    }),
    ...(bindings && { bindings }),
  })
  const text = Array.from({ length: state.rows }, (_, y) => grid.rowText(y).trimEnd()).join('\n')
  expect(text).not.toContain('this panel failed')
  expect(text).not.toMatch(/NaN|undefined|Infinity/)
  return text
}
