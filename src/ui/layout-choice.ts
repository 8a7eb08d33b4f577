import type { PanelId } from './panels/panel-id.ts'

/** Layouts that can be chosen as a whole: `home` is the one of the look, the others give one thing the room. */
export const PRESETS = ['home', 'processes', 'services', 'charts'] as const
export type Preset = (typeof PRESETS)[number]

/** What a person made of the home screen's layout. */
export interface LayoutChoice {
  readonly preset: Preset
  readonly hidden: readonly PanelId[]
  /** Panels that were moved before others, in the order of the screen; empty for the preset's own. */
  readonly order: readonly PanelId[]
  /** Rows added to (or taken from) the band of a panel. */
  readonly rows: Readonly<Partial<Record<PanelId, number>>>
}

export const HOME_LAYOUT: LayoutChoice = { preset: 'home', hidden: [], order: [], rows: {} }
