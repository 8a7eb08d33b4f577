import { safeText } from '../lib/text.ts'
import type { Frame } from '../model/frame.ts'
import type { ProcessRow } from '../model/processes.ts'
import type { Scheduling } from '../model/source.ts'
import { Announcer } from './announcer.ts'
import { afterAnswer } from './answered-query.ts'
import { focusShown, screenLayout } from './app-layout.ts'
import { answered, inspected } from './commands/actions.ts'
import type { Effect } from './commands/command.ts'
import { press } from './commands/press.ts'
import { FooterKeys } from './footer-keys.ts'
import type { InkHandle } from './ink.tsx'
import type { KeyBinding } from './keys/binding.ts'
import type { CanvasName, Layout } from './layout.ts'
import { point } from './mouse.ts'
import type { Look } from './paint/look.ts'
import type { PanelId } from './panels/panel-id.ts'
import { panelOf } from './panels/registry.ts'
import type { ProgramOptions } from './program-options.ts'
import { seenQueryOf } from './query.ts'
import type { FooterKey } from './rows/footer.ts'
import { Scene } from './scene.ts'
import type { Key } from './screen/key.ts'
import { settledLists } from './settled.ts'
import { panelView, type ViewState } from './state.ts'
import { usableKeys } from './usable-keys.ts'
import { watchRequestOf } from './watch-request.ts'

/** A key is answered at once, but no more often than this. */
const LEAST_MS = 16
/** Row order is held this long after a person moved. */
const HOLD_MS = 3000
/** Characters of what is wrong with the configuration: more than any row has. */
const MOST_CONFIG = 400

/** The dashboard as a loop without a terminal: frames, keys and sizes in, pictures out. */
export class Program {
  private state: ViewState
  private readonly options: ProgramOptions
  private readonly scene: Scene
  private look: Look
  private keys: readonly KeyBinding[]
  private readonly sinceMs: number
  private ink: InkHandle | undefined
  private layout: Layout
  private shown: { state: ViewState; ink: boolean } | undefined
  private readonly footer = new FooterKeys()
  private readonly announcer: Announcer
  private timer: NodeJS.Timeout | undefined
  private paintedMono = Number.NEGATIVE_INFINITY
  private movedMono = Number.NEGATIVE_INFINITY
  private asked = 0
  /** What the question was made from. */
  private askedFor: { readonly state: ViewState; readonly hold: boolean } | undefined
  private config: string | undefined
  private readonly usable = usableKeys()

  constructor(options: ProgramOptions) {
    this.options = options
    this.state = focusShown(options.state)
    this.sinceMs = options.clock.wallMs()
    this.announcer = new Announcer(this.sinceMs)
    this.look = options.look
    this.keys = options.keys
    this.scene = new Scene(options.look)
    this.layout = screenLayout(this.state)
  }

  /** Ink is loaded after the first picture; from now on it lays out and shows the overlays. */
  useInk(ink: InkHandle): void {
    this.ink = ink
    this.changed()
  }

  frameArrived(): void {
    // Of what is new on this machine, paused or not.
    this.announcer.tell(this.options.source.frame, this.state, this.options.clock.monoMs(), this.options.screen)
    this.takeAnswer()
    this.state = this.settled(this.state, this.state)
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
    const context = {
      frame: this.frame,
      list: this.list(),
      can: source.can,
      keys: this.keys,
      key,
    }
    const { state, effect } =
      key.mouse === undefined
        ? press(before, context)
        : point(before, key.mouse, { ...context, ...this.mouseContext() })
    this.state = this.settled(focusShown(state), before)
    if (state !== before) this.options.onView?.(state)
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

  /** What is wrong with the configuration file while the last good one is in use, in place of the row below NOW; undefined when it is good. */
  configProblem(text: string | undefined): void {
    this.config = text === undefined ? undefined : safeText(text, MOST_CONFIG)
    this.changed()
  }

  /** From now on keys mean what this table says. */
  bindKeys(keys: readonly KeyBinding[]): void {
    this.keys = keys
    this.changed()
  }

  /** Says something in the footer, until the next key. */
  notice(text: string): void {
    this.put({ ...this.state, notice: text })
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
      bindings: this.bindings(),
      config: this.config,
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
      before.state.watch === state.watch &&
      before.state.check === state.check &&
      before.state.alert === state.alert &&
      before.state.layout === state.layout &&
      before.state.overlay === state.overlay &&
      // The settings show what they set.
      (state.overlay?.kind !== 'settings' || before.state === state)
    if (same) return
    this.shown = { state, ink: ink !== undefined }
    this.layout = screenLayout(state)
    if (ink === undefined) {
      this.scene.baseFromLayout(this.layout)
      return
    }
    const { look, version, memory } = this.options
    const base = ink.render({ state, glyphs: look.glyphs, bindings: this.bindings(), version, memory })
    this.scene.setBase(base, this.layout, state.overlay !== undefined)
  }

  private bindings(): readonly KeyBinding[] {
    return this.usable(this.keys, this.options.source.can)
  }

  private footerKeys(): readonly FooterKey[] {
    return this.footer.of(this.state, this.bindings(), this.look.glyphs, this.frame)
  }

  /** Rows of the focused list, and how many of them can be seen. */
  private list(id: PanelId = this.focused()): { total: number; visible: number } {
    const panel = panelOf(id)
    const place = this.scene.place(id)
    if (!panel?.rows || !place) return { total: 0, visible: 1 }
    const view = panelView(this.state, id)
    return panel.rows(panel.select(this.frame, view), place, { ...this.look, boxed: this.layout.boxed }, view)
  }

  private mouseContext() {
    return {
      place: (name: CanvasName) => this.scene.place(name),
      rowsOf: (panel: PanelId) => this.list(panel),
      look: { ...this.look, boxed: this.layout.boxed },
      footer: this.footerKeys(),
    }
  }

  private focused(): PanelId {
    return this.state.processes.input === undefined ? this.state.focus : 'processes'
  }

  /** Asks the source for what can be seen, where that is another question than the last one. */
  private ask(): void {
    const { state } = this
    const { source, clock } = this.options
    const hold = clock.monoMs() - this.movedMono < HOLD_MS
    if (this.askedFor?.state === state && this.askedFor.hold === hold) return
    this.askedFor = { state, hold }
    source.watch(watchRequestOf(state))
    this.asked = source.ask({ ...seenQueryOf(state), hold })
  }

  private settled(state: ViewState, before: ViewState): ViewState {
    return settledLists(state, before, this.frame, (panel) => this.list(panel).visible)
  }

  private takeAnswer(): void {
    const answer = this.options.source.frame.processes
    if (answer === undefined || this.state.paused !== undefined || answer.id < this.asked) return
    this.state = afterAnswer(this.state, answer, this.list('processes').visible)
  }

  private copy(text: string, done: string): void {
    this.options.screen.copy(text)
    this.state = { ...this.state, notice: done }
    this.changed()
  }

  /** What there is of colours now: painters draw bands as dots where there are few. */
  private take(depth: Look['depth']): void {
    this.look = { ...this.look, depth }
    this.scene.use(this.look)
  }

  private perform(effect: Effect): void {
    const { source, screen, onQuit } = this.options
    if (effect.kind === 'quit') onQuit()
    else if (effect.kind === 'redraw') this.redraw()
    else if (effect.kind === 'mouse') screen.mouse(effect.on)
    else if (effect.kind === 'suspend') screen.suspend()
    else if (effect.kind === 'theme') this.take(screen.theme(effect.theme))
    else if (effect.kind === 'copy') this.copy(effect.text, effect.done)
    else if (effect.kind === 'send')
      void source.command(effect.command).then((outcome) => this.put(answered(this.state, outcome, effect.done)))
    else if (effect.kind === 'inspect') void this.inspect(effect.targets)
  }

  /** One after the other: the programs that are asked should not all run at once. */
  private async inspect(targets: readonly ProcessRow[]): Promise<void> {
    const answers: (Scheduling | undefined)[] = []
    for (const { pid, startTicks } of targets) answers.push(await this.options.source.inspect({ pid, startTicks }))
    this.put(inspected(this.state, targets, answers))
  }

  private put(state: ViewState): void {
    this.state = state
    this.changed()
  }
}
