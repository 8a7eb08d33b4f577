import { ARRANGEMENTS } from '../../model/processes.ts'
import { PRESETS } from '../layout-choice.ts'
import { BELLS, type ViewState, withProcesses } from '../state.ts'
import { THEME_CHOICES } from '../theme/theme.ts'
import { ARRANGEMENT_HELP, PRESET_HELP, THEME_HELP, withArrangement, withPreset, withTheme } from './choices.ts'
import { type Step, to, toTop } from './command.ts'

/** A row of the settings: one of a few choices, or a dialog of its own. */
export interface Setting {
  readonly name: string
  /** What it is about, said while the row is selected: of the choice that stands. */
  readonly help: (state: ViewState) => string
  /** The words to choose from; one word, what it is now, where a dialog chooses. */
  readonly choices: (state: ViewState) => readonly string[]
  readonly chosen: (state: ViewState) => number
  readonly choose?: (state: ViewState, index: number) => Step
  /** The command that opens its dialog. */
  readonly dialog?: string
}

interface Among<T extends string> {
  readonly name: string
  readonly values: readonly T[]
  readonly help: Readonly<Record<T, string>>
  readonly get: (state: ViewState) => T | undefined
  readonly set: (state: ViewState, value: T) => Step
  /** Said where it is none of them. */
  readonly other?: string
}

function among<T extends string>({ name, values, help, get, set, other = '' }: Among<T>): Setting {
  return {
    name,
    help: (state) => {
      const value = get(state)
      return value === undefined ? other : help[value]
    },
    choices: () => values,
    chosen: (state) => {
      const value = get(state)
      return value === undefined ? -1 : values.indexOf(value)
    },
    choose: (state, index) => {
      const value = values[index]
      return value === undefined ? to(state) : set(state, value)
    },
  }
}

/** Asks the terminal for mouse events or leaves the mouse to it, because a person said so. */
export function withMouse(state: ViewState, on: boolean): Step {
  return { state: { ...state, mouse: on, mouseChosen: true }, effect: { kind: 'mouse', on } }
}

export const SETTINGS: readonly Setting[] = [
  among({
    name: 'theme',
    values: THEME_CHOICES,
    help: THEME_HELP,
    get: ({ theme }) => (typeof theme === 'string' ? theme : undefined),
    other: 'the colours of a file',
    set: withTheme,
  }),
  among({
    name: 'mouse',
    values: ['on', 'off'],
    help: {
      on: 'clicks and the wheel work; with Shift the terminal selects text',
      off: 'the terminal has the mouse, to select text with',
    },
    get: ({ mouse }) => (mouse ? 'on' : 'off'),
    set: (state, value) => withMouse(state, value === 'on'),
  }),
  among({
    name: 'charts in full',
    values: ['area', 'line'],
    help: { area: 'filled, as on the home screen', line: 'a line with an axis' },
    get: ({ chart }) => chart,
    set: (state, chart) => to({ ...state, chart }),
  }),
  among({
    name: 'home screen',
    values: PRESETS,
    help: PRESET_HELP,
    get: ({ layout }) => layout.preset,
    set: (state, preset) => to(withPreset(state, preset)),
  }),
  among({
    name: 'processes',
    values: ARRANGEMENTS,
    help: ARRANGEMENT_HELP,
    get: ({ processes }) => processes.arrange,
    set: (state, arrangement) => to(withArrangement(state, arrangement)),
  }),
  among({
    name: 'kernel threads',
    values: ['hidden', 'shown'],
    help: { hidden: 'only what was started by somebody', shown: "the kernel's own threads are listed too" },
    get: ({ processes }) => (processes.kernelThreads ? 'shown' : 'hidden'),
    set: (state, value) => to(withProcesses(toTop(state), { kernelThreads: value === 'shown' })),
  }),
  among({
    name: 'bell',
    values: BELLS,
    help: {
      off: 'the terminal does not ring',
      critical: 'the terminal rings when something turns critical',
      all: 'the terminal rings for every alert that fires',
    },
    get: ({ bell }) => bell,
    set: (state, bell) => to({ ...state, bell }),
  }),
  among({
    name: 'on the desktop',
    values: ['off', 'on'],
    help: {
      off: 'alerts are shown here alone',
      on: 'the terminal is asked to show alerts on the desktop, where it can',
    },
    get: ({ notify }) => (notify ? 'on' : 'off'),
    set: (state, value) => to({ ...state, notify: value === 'on' }),
  }),
  {
    name: 'sorted by',
    help: () => 'Enter: every column there is',
    choices: ({ processes }) => [
      `${processes.sort.replaceAll('_', ' ')}${processes.reverse ? ', the other way round' : ''}`,
    ],
    chosen: () => 0,
    dialog: 'sort',
  },
  {
    name: 'columns',
    help: () => 'Enter: which there are, and their order',
    choices: ({ processes: { columns } }) => [
      columns === undefined ? 'as wide as the screen is' : `${columns.length} chosen`,
    ],
    chosen: () => 0,
    dialog: 'columns',
  },
]
