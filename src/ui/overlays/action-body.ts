import type { ReactNode } from 'react'
import type { ActionOverlay } from '../state.ts'
import type { Glyphs } from '../theme/glyphs.ts'
import type { DialogProps } from './dialog.tsx'

/** What a body is drawn from; `width` and `rows` are those it has, in cells. */
export interface BodyProps {
  readonly overlay: ActionOverlay
  readonly width: number
  readonly rows: number
  /** The screen's. */
  readonly columns: number
  readonly glyphs: Glyphs
}

/** What the dialogs of actions do not have in common: what is chosen in each. */
export interface ActionBody {
  /** `Send a signal`; several targets are named behind it, by `of` or `to`. */
  readonly title: string
  readonly preposition: 'to' | 'of'
  /** `sent`, `set`: what has not been done when it was refused. */
  readonly participle: 'sent' | 'set'
  /** It does harm, and looks like it. */
  readonly harm: boolean
  /** Keys of the choice, for the bottom border. */
  readonly keys: (glyphs: Glyphs) => DialogProps['keys']
  /** Content columns it wants on a screen of some. */
  readonly width?: (overlay: ActionOverlay, columns: number) => number
  /** Rows it can do with, and those it wants. */
  readonly rows: (overlay: ActionOverlay, columns: number) => { readonly least: number; readonly most: number }
  /** Where somebody is in a list that is longer than its rows: `12 of 62`. */
  readonly position?: (props: BodyProps) => string | undefined
  readonly Body: (props: BodyProps) => ReactNode
}

/** Columns of the labels at the left of facts and choices. */
export const LABEL = 11
