import { expect } from 'vitest'
import type { Frame } from '../../src/model/frame.ts'
import type { Command } from '../../src/model/source.ts'
import { screenLayout } from '../../src/ui/app-layout.ts'
import { press } from '../../src/ui/commands/press.ts'
import { inputOf } from '../../src/ui/commands/text.ts'
import { KEYS } from '../../src/ui/keys/table.ts'
import { placesOf } from '../../src/ui/layout.ts'
import { panelOf } from '../../src/ui/panels/registry.ts'
import { Scene } from '../../src/ui/scene.ts'
import { panelView, type ViewState } from '../../src/ui/state.ts'
import { UNICODE } from '../../src/ui/theme/glyphs.ts'

/** Pressing keys where a screen is, on a frame, as a person does who tries them all. */

const look = { glyphs: UNICODE, charts: 'braille', depth: 'truecolor', boxed: false } as const

/** Every key that is bound, and some that are not. */
export const KEYS_THERE: readonly string[] = [
  ...new Set(KEYS.filter((binding) => binding.context !== 'terminal').flatMap((binding) => binding.keys)),
  'x',
  'ä',
  'F12',
]

export const SIZES = [
  [120, 40],
  [80, 24],
  [60, 20],
] as const

export interface Walk {
  readonly after: (state: ViewState, key: string, frame?: Frame) => { state: ViewState; quits: boolean }
  /** The rows that are painted; no panel may have failed. */
  readonly screen: (state: ViewState, frame?: Frame) => string
  /**
   * Presses a key, paints what comes of it, and leaves by q and by Esc: typed text, overlay and full view are gone, `left` holds of the
   * state, and q has quit where Esc has not.
   */
  readonly leadsBack: (
    start: ViewState,
    key: string,
    left: (state: ViewState, what: string) => void,
    frame?: Frame,
  ) => void
}

/** Ways through the screens of a frame, with a source that takes some commands. */
export function walk(usual: Frame, commands: readonly Command['kind'][]): Walk {
  const can = new Set(commands)
  const painted = new Map<Frame, Set<string>>()

  function after(state: ViewState, key: string, frame = usual) {
    const step = press(state, {
      frame,
      list: listOn(state, frame),
      can,
      keys: KEYS,
      key: { name: key, ...(key.length === 1 ? { text: key } : {}) },
    })
    return { state: step.state, quits: step.effect?.kind === 'quit' }
  }

  function screen(state: ViewState, frame = usual): string {
    const scene = new Scene(look)
    scene.baseFromLayout(screenLayout(state))
    const grid = scene.paint({ frame, state, nowMs: frame.wallMs, sinceMs: frame.wallMs, staleMs: 3000, keys: [] })
    const text = Array.from({ length: state.rows }, (_, y) => grid.rowText(y)).join('\n')
    expect(text).not.toContain('this panel failed')
    return text
  }

  /** What looks the same need not be painted again: many keys change nothing. */
  function see(state: ViewState, frame: Frame): void {
    const { paused, ...seen } = state
    const sight = JSON.stringify({ ...seen, notice: undefined, paused: paused !== undefined })
    const sights = painted.get(frame) ?? new Set()
    if (!sights.has(sight)) screen(state, frame)
    painted.set(frame, sights.add(sight))
  }

  function leadsBack(
    start: ViewState,
    key: string,
    left: (state: ViewState, what: string) => void,
    frame = usual,
  ): void {
    const { state } = after(start, key, frame)
    see(state, frame)
    for (const way of ['q', 'Esc']) {
      let now = state
      let quits = false
      for (let times = 0; times < 6 && !quits; times++) {
        // While something is typed q is a letter; Esc leaves it.
        const next = after(now, inputOf(now) ? 'Esc' : way, frame)
        now = next.state
        quits = next.quits
      }
      const what = `${start.full ?? ''} ${start.focus} ${key} ${way}`
      expect(now.overlay, what).toBeUndefined()
      expect(now.full, what).toBeUndefined()
      expect(inputOf(now), what).toBeUndefined()
      left(now, what)
      expect(quits, `${what}: Esc never quits, q does`).toBe(way === 'q')
    }
  }

  return { after, screen, leadsBack }
}

function listOn(state: ViewState, frame: Frame): { total: number; visible: number } {
  const panel = panelOf(state.focus)
  const view = panelView(state, state.focus)
  const layout = screenLayout(state)
  const place = placesOf(layout).get(state.focus)
  if (place === undefined) return { total: 0, visible: 1 }
  const { boxed } = layout
  return panel?.rows?.(panel.select(frame, view), place, { ...look, boxed }, view) ?? { total: 0, visible: 1 }
}
