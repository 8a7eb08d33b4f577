import { type CommandContext, type Step, to } from './commands/command.ts'
import { focus } from './commands/global.ts'
import { runCommand } from './commands/press.ts'
import { sortBy } from './commands/processes.ts'
import { CANVAS_NAMES, type CanvasName } from './layout.ts'
import type { Look } from './paint/look.ts'
import type { PanelId } from './panels/panel-id.ts'
import { panelOf } from './panels/registry.ts'
import type { FooterKey } from './rows/footer.ts'
import { footerCommandAt } from './rows/footer.ts'
import type { Rect } from './screen/grid.ts'
import type { MouseEvent } from './screen/key.ts'
import { listOf, panelView, select, type ViewState } from './state.ts'

/** Rows a turn of the wheel moves. */
const WHEEL = 3

/** What a click on the selected row of a panel does; `open` in the others. */
const OPENS: Readonly<Partial<Record<PanelId, string>>> = {
  processes: 'watch',
  services: 'services.open',
  log: 'log.open',
  'alert-suspects': 'alert.open',
  'alert-before': 'alert.open',
  ahead: 'ahead.open',
}

/** What the mouse may look at besides what a key may. */
export interface MouseContext extends CommandContext {
  readonly place: (name: CanvasName) => Rect | undefined
  /** Rows of a panel's list, and how many of them can be seen. */
  readonly rowsOf: (panel: PanelId) => { readonly total: number; readonly visible: number }
  readonly look: Look
  readonly footer: readonly FooterKey[]
}

function inside({ x, y, columns, rows }: Rect, event: MouseEvent): boolean {
  return event.x >= x && event.x < x + columns && event.y >= y && event.y < y + rows
}

function canvasAt(event: MouseEvent, { place }: MouseContext): { name: CanvasName; rect: Rect } | undefined {
  for (const name of CANVAS_NAMES) {
    const rect = place(name)
    if (rect !== undefined && inside(rect, event)) return { name, rect }
  }
  return undefined
}

function scroll(state: ViewState, panel: PanelId, delta: number, context: MouseContext): ViewState {
  if (!panelOf(panel)?.list) return state
  const { total, visible } = context.rowsOf(panel)
  return select(state, panel, listOf(state, panel).selected + delta, total, visible)
}

/** A click focuses its panel and selects the row below it; on a heading it sorts, on the selected row of the focused panel it opens. */
function click(state: ViewState, event: MouseEvent, context: MouseContext): Step {
  const hit = canvasAt(event, context)
  if (hit === undefined) return to(state)
  if (hit.name === 'footer') {
    const command = footerCommandAt(event.x - hit.rect.x, context.footer, hit.rect.columns, context.frame.cost)
    return command === undefined ? to(state) : runCommand(command, state, context)
  }
  const panel = panelOf(hit.name as PanelId)
  if (panel === undefined) return to(state)
  const view = panelView(state, panel.id)
  const focused = state.focus === panel.id ? state : focus(state, panel.id)
  const top = panel.listTop?.(context.look, view, hit.rect.columns, context.frame) ?? 1
  const y = event.y - hit.rect.y
  if (y === top - 1) {
    const key = panel.sortAt?.(event.x - hit.rect.x, hit.rect.columns, context.look, view)
    return key === undefined ? to(focused) : sortBy(key)(focused, context)
  }
  if (!panel.list || y < top) return to(focused)
  const { total, visible } = context.rowsOf(panel.id)
  const index = view.offset + y - top
  if (index >= total || y - top >= visible) return to(focused)
  if (view.focused && index === view.selected) return runCommand(OPENS[panel.id] ?? 'open', state, context)
  return to(select(focused, panel.id, index, total, visible))
}

/** What the mouse does: a pure step, as a key's. Nothing while something lies over the panels. */
export function point(state: ViewState, event: MouseEvent, context: MouseContext): Step {
  if (state.overlay !== undefined) return to(state)
  if (event.action === 'wheel-up' || event.action === 'wheel-down') {
    const panel = canvasAt(event, context)?.name as PanelId | undefined
    return to(panel === undefined ? state : scroll(state, panel, event.action === 'wheel-up' ? -WHEEL : WHEEL, context))
  }
  return event.action === 'press' && event.button === 'left' ? click(state, event, context) : to(state)
}
