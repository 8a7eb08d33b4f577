import type { Clock } from '../lib/clock.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessQuery } from '../model/processes.ts'
import type { Command, Outcome } from '../model/source.ts'
import { contextsOf, type Effect, press } from './commands.ts'
import type { InkHandle } from './ink.tsx'
import { keyText } from './key-text.ts'
import { KEYS, type KeyBinding } from './keys.ts'
import { type Layout, layoutOf } from './layout.ts'
import type { Look } from './paint/look.ts'
import { panelOf } from './panels/registry.ts'
import type { FooterKey } from './rows/footer.ts'
import { Scene } from './scene.ts'
import type { Grid } from './screen/grid.ts'
import type { Key } from './screen/key.ts'
import { listOf, panelView, type ViewState } from './state.ts'

/** Where frames come from and where what a person does goes. */
export interface ProgramSource {
  readonly frame: Frame
  readonly can: ReadonlySet<Command['kind']>
  ask(query: Omit<ProcessQuery, 'id'>): void
  command(command: Command): Promise<Outcome>
}

/** Where the picture goes. */
export interface ProgramScreen {
  /** The last picture is not out yet: nothing new is painted. */
  readonly busy: boolean
  show(grid: Grid): void
  /** All of the terminal is unknown: the next picture is drawn whole. */
  forget(): void
}

export interface ProgramOptions {
  readonly source: ProgramSource
  readonly screen: ProgramScreen
  readonly look: Look
  readonly clock: Clock
  readonly state: ViewState
  readonly version: string
  /** A newest measurement older than this is stale. */
  readonly staleMs: number
  readonly onQuit: () => void
}

/** A key is answered at once, but no more often than this. */
const LEAST_MS = 16
/** Row order is held this long after a person moved. */
const HOLD_MS = 3000

/** The dashboard as a loop without a terminal: frames, keys and sizes in, pictures out. */
export class Program {
  private state: ViewState
  private readonly options: ProgramOptions
  private readonly scene: Scene
  private readonly sinceMs: number
  private ink: InkHandle | undefined
  private layout: Layout
  private shown: { state: ViewState; ink: boolean } | undefined
  private footer: { readonly place: string; readonly keys: readonly FooterKey[] } | undefined
  private timer: NodeJS.Timeout | undefined
  private paintedMono = Number.NEGATIVE_INFINITY
  private movedMono = Number.NEGATIVE_INFINITY

  constructor(options: ProgramOptions) {
    this.options = options
    this.state = options.state
    this.sinceMs = options.clock.wallMs()
    this.scene = new Scene(options.look)
    this.layout = layoutOf(this.state.columns, this.state.rows)
  }

  /** Ink is loaded after the first picture; from now on it lays out and shows the overlays. */
  useInk(ink: InkHandle): void {
    this.ink = ink
    this.changed()
  }

  frameArrived(): void {
    this.ask()
    this.changed()
  }

  resize(columns: number, rows: number): void {
    this.state = { ...this.state, columns: Math.max(1, columns), rows: Math.max(1, rows) }
    this.options.screen.forget()
    this.changed()
  }

  /** After Ctrl-L, or when the terminal was somebody else's for a while. */
  redraw(): void {
    this.options.screen.forget()
    this.changed()
  }

  key(key: Key): void {
    const { source, clock } = this.options
    const before = this.state
    const { state, effect } = press(before, { frame: this.frame, list: this.list(), can: source.can, key })
    this.state = state
    if (state.lists !== before.lists) this.movedMono = clock.monoMs()
    this.ask()
    if (effect) this.perform(effect)
    this.changed()
  }

  /** Paints now if a picture may go out now, else as soon as one may. */
  changed(): void {
    if (this.timer !== undefined || this.options.screen.busy) return
    const wait = this.paintedMono + LEAST_MS - this.options.clock.monoMs()
    if (wait <= 0) {
      this.paint()
      return
    }
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.changed()
    }, wait)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.ink?.unmount()
  }

  private get frame(): Frame {
    return this.state.paused ?? this.options.source.frame
  }

  private paint(): void {
    const { clock, screen } = this.options
    this.lay()
    const picture = {
      frame: this.frame,
      state: this.state,
      nowMs: clock.wallMs(),
      sinceMs: this.sinceMs,
      staleMs: this.options.staleMs,
      keys: this.footerKeys(),
    }
    screen.show(this.scene.paint(picture))
    // As of the end: keys that came while Ink rendered share the next picture, however long that took.
    this.paintedMono = clock.monoMs()
  }

  /** Renders Ink when what it shows changed: the size, a full view, an overlay. Never for data. */
  private lay(): void {
    const { state, ink } = this
    const before = this.shown
    const same =
      before !== undefined &&
      before.ink === (ink !== undefined) &&
      before.state.columns === state.columns &&
      before.state.rows === state.rows &&
      before.state.full === state.full &&
      before.state.overlay === state.overlay
    if (same) return
    this.shown = { state, ink: ink !== undefined }
    this.layout = layoutOf(state.columns, state.rows, state.full)
    if (ink === undefined) {
      this.scene.baseFromLayout(this.layout)
      return
    }
    const { look, version } = this.options
    const base = ink.render({ state, glyphs: look.glyphs, bindings: this.bindings(), version })
    this.scene.setBase(base, this.layout, state.overlay !== undefined)
  }

  private bindings(): KeyBinding[] {
    return KEYS.filter((binding) => !binding.needs || this.options.source.can.has(binding.needs))
  }

  /** The same list as long as the same keys mean something. */
  private footerKeys(): readonly FooterKey[] {
    const contexts = contextsOf(this.state)
    const place = contexts.join(' ')
    if (this.footer?.place === place) return this.footer.keys
    const { glyphs } = this.options.look
    const keys = this.bindings()
      .filter((binding) => binding.footer !== undefined && contexts.includes(binding.context))
      .map((binding) => ({ key: keyText(binding.footer as string, glyphs), name: binding.name }))
    this.footer = { place, keys }
    return keys
  }

  /** Rows of the focused list, and how many of them can be seen. */
  private list(): { total: number; visible: number } {
    const id = this.state.editing ? 'processes' : this.state.focus
    const panel = panelOf(id)
    const place = this.scene.place(id)
    if (!panel?.rows || !place) return { total: 0, visible: 1 }
    const view = panelView(this.state, id)
    return panel.rows(panel.select(this.frame, view), place, { ...this.options.look, boxed: this.layout.boxed }, view)
  }

  /** Asks the source for the rows of the process table that can be seen, and a page before and after: it is there when it is turned. */
  private ask(): void {
    const { state } = this
    const page = Math.max(8, this.scene.place('processes')?.rows ?? 0)
    const { source, clock } = this.options
    const { offset } = listOf(state, 'processes')
    const first = Math.max(0, offset - page)
    source.ask({
      sort: state.sort,
      reverse: state.reverse,
      filter: state.filter,
      ...(state.user === undefined ? {} : { user: state.user }),
      ...(state.pid === undefined ? {} : { pid: state.pid }),
      kernelThreads: false,
      offset: first,
      rows: offset - first + 2 * page,
      hold: clock.monoMs() - this.movedMono < HOLD_MS,
    })
  }

  private perform(effect: Effect): void {
    const { source, onQuit } = this.options
    if (effect.kind === 'quit') onQuit()
    else if (effect.kind === 'redraw') this.redraw()
    else void source.command(effect.command).then((outcome) => this.sent(outcome, effect.done))
  }

  private sent(outcome: Outcome, done: string): void {
    const { overlay, ...rest } = this.state
    if (outcome.ok) this.state = { ...rest, notice: done }
    else if (overlay?.kind === 'signal')
      this.state = { ...this.state, overlay: { ...overlay, refused: outcome.reason } }
    else this.state = { ...this.state, notice: `not sent: ${outcome.reason}` }
    this.changed()
  }
}
