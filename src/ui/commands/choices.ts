import { ARRANGEMENTS, type Arrangement, SORT_KEYS, type SortKey } from '../../model/processes.ts'
import { ALERT_PANELS } from '../alert-layout.ts'
import { focusShown, screenLayout } from '../app-layout.ts'
import { CHECK_PANELS } from '../check-layout.ts'
import { panelsOf } from '../layout.ts'
import { PRESETS, type Preset } from '../layout-choice.ts'
import type { Panel } from '../panels/panel.ts'
import { isOfPage } from '../panels/panel-id.ts'
import { PROCESS_COLUMNS } from '../panels/process-columns.ts'
import { PANELS } from '../panels/registry.ts'
import { pageOf, type ViewState, without, withProcesses } from '../state.ts'
import { THEME_CHOICES } from '../theme/theme.ts'
import { type Commands, type Run, to, toTop } from './command.ts'
import { focus } from './global.ts'
import { sortBy } from './processes.ts'

type Theme = (typeof THEME_CHOICES)[number]

/** A command that is a choice out of several: reached by name, in the palette, and not by a key of its own. */
export interface Choice {
  readonly command: string
  /** `theme: dark`. */
  readonly label: string
  readonly help: string
  readonly run: Run
}

export const THEME_HELP: Readonly<Record<Theme, string>> = {
  auto: 'as light or dark as the terminal',
  dark: 'for a dark background',
  light: 'for a light background',
  contrast: 'as strong as can be, on dark',
  mono: 'no colours, bold and reversed instead',
}

export const ARRANGEMENT_HELP: Readonly<Record<Arrangement, string>> = {
  list: 'one below the other',
  tree: 'each below the one that started it',
  name: 'summed up by name',
  user: 'summed up by user',
  unit: 'summed up by systemd unit',
  container: 'summed up by container',
}

export const PRESET_HELP: Readonly<Record<Preset, string>> = {
  home: 'a bit of everything',
  processes: 'the most room for processes',
  services: 'the most room for services and the log',
  charts: 'the most room for charts',
}

/** Commands of the key table that are such a choice too. */
const SORTS: Readonly<Partial<Record<SortKey, string>>> = {
  cpu: 'sort.cpu',
  memory: 'sort.memory',
  time: 'sort.time',
  write: 'sort.writes',
}

/** Takes a theme, and has the terminal drawn anew in it. */
export function withTheme(state: ViewState, theme: Theme): ReturnType<Run> {
  return { state: { ...state, theme }, effect: { kind: 'theme', theme } }
}

export function withArrangement(state: ViewState, arrange: Arrangement): ViewState {
  return withProcesses(toTop(state), { arrange, toggled: [] })
}

export function withPreset(state: ViewState, preset: Preset): ViewState {
  return focusShown({ ...state, layout: { ...state.layout, preset } })
}

/** Panels of the page that is on the screen, whatever of it is shown in full. */
function onScreen(state: ViewState): readonly string[] {
  return panelsOf(screenLayout(without(state, 'full')))
}

/** Goes to a panel; one that has no place at this size is shown in full. */
function goTo({ id }: Panel): Run {
  return (state) => to(onScreen(state).includes(id) ? focus(state, id) : { ...state, focus: id, full: id })
}

const PANEL_CHOICES: readonly (Choice & { readonly panel: Panel })[] = PANELS.map((panel) => ({
  command: `panel.${panel.id}`,
  label: `panel: ${panel.title}`,
  help: 'goes to it',
  panel,
  run: goTo(panel),
}))

const FIXED_CHOICES: readonly Choice[] = [
  ...SORT_KEYS.map((key) => ({
    command: SORTS[key] ?? `sort.by.${key}`,
    label: `sort: ${key.replaceAll('_', ' ')}`,
    help: PROCESS_COLUMNS[key].help,
    run: sortBy(key),
  })),
  ...ARRANGEMENTS.map((arrangement) => ({
    command: `arrange.${arrangement}`,
    label: `processes: ${arrangement === 'list' || arrangement === 'tree' ? arrangement : `by ${arrangement}`}`,
    help: ARRANGEMENT_HELP[arrangement],
    run: (state: ViewState) => to(withArrangement(state, arrangement)),
  })),
  ...PRESETS.map((preset) => ({
    command: `preset.${preset}`,
    label: `home screen: ${preset}`,
    help: PRESET_HELP[preset],
    run: (state: ViewState) => to(withPreset(state, preset)),
  })),
  ...THEME_CHOICES.map((theme) => ({
    command: `theme.${theme}`,
    label: `theme: ${theme}`,
    help: THEME_HELP[theme],
    run: (state: ViewState) => withTheme(state, theme),
  })),
]

/** All panels of the page of a check and of that of an alert have their numbers there, at any size. */
function isHere(state: ViewState, { id }: Panel): boolean {
  const page = pageOf(state)
  return (page === 'check' && CHECK_PANELS.includes(id)) || (page === 'alert' && ALERT_PANELS.includes(id))
}

/** The choices there are on the page somebody is on. */
export function choicesOf(state: ViewState): readonly (Choice & { readonly panel?: Panel })[] {
  const there = onScreen(state)
  const home = pageOf(state) === 'home'
  const panels = PANEL_CHOICES.filter(
    ({ panel }) => there.includes(panel.id) || (home ? !isOfPage(panel.id) : isHere(state, panel)),
  ).map((choice) => (there.includes(choice.panel.id) ? choice : { ...choice, help: 'in full' }))
  return home ? [...panels, ...FIXED_CHOICES] : [...panels, ...FIXED_CHOICES.filter(isTheme)]
}

const isTheme = ({ command }: Choice) => command.startsWith('theme.')

export const choiceCommands: Commands = Object.fromEntries(
  [...PANEL_CHOICES, ...FIXED_CHOICES].map(({ command, run }) => [command, run]),
)
