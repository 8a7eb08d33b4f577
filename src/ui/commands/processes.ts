import {
  ARRANGEMENTS,
  type Arrangement,
  PROCESS_FIELDS,
  type ProcessRow,
  rowKey,
  SORT_KEYS,
  type SortKey,
} from '../../model/processes.ts'
import { processColumns } from '../panels/process-columns.ts'
import { listOf, select, type ViewState, without, withProcesses } from '../state.ts'
import { type CommandContext, type Commands, type Run, type Step, selectedProcess, to, toTop } from './command.ts'

/** Sorts by a column, or the other way round where that is the order already. */
export function sortBy(key: SortKey): Run {
  return (state) => {
    const { sort, reverse } = state.processes
    return to(withProcesses(toTop(state), { sort: key, reverse: sort === key ? !reverse : false }))
  }
}

/** Does something with the selected row, or says that there is none. */
export function withSelected(run: (state: ViewState, row: ProcessRow, context: CommandContext) => Step): Run {
  return (state, context) => {
    const row = selectedProcess(state, context.frame)
    return row === undefined ? to({ ...state, notice: 'no process is selected' }) : run(state, row, context)
  }
}

function oneUser(state: ViewState, context: CommandContext): Step {
  if (state.processes.user !== undefined) return to({ ...toTop(state), processes: without(state.processes, 'user') })
  return withSelected((now, { user }) =>
    to(
      user === undefined
        ? { ...now, notice: 'the user of this process is not known' }
        : withProcesses(toTop(now), { user }),
    ),
  )(state, context)
}

function toggle(keys: readonly string[], key: string): readonly string[] {
  return keys.includes(key) ? keys.filter((one) => one !== key) : [...keys, key]
}

function arrange(state: ViewState, arrangement: Arrangement): ViewState {
  return withProcesses(toTop(state), { arrange: arrangement, toggled: [] })
}

/** What `b` goes through. */
const GROUPS = ARRANGEMENTS.filter((one) => one !== 'tree')

/** The next way to group; the tree is a key of its own. */
function nextGroup({ processes }: ViewState): Arrangement {
  const at = GROUPS.indexOf(processes.arrange === 'tree' ? 'list' : processes.arrange)
  return GROUPS[(at + 1) % GROUPS.length] as Arrangement
}

/** Folds everything that can be seen to have something below it, or opens all again. */
function foldAll(state: ViewState, { frame }: CommandContext): Step {
  const { toggled, arrange: arrangement } = state.processes
  if (arrangement === 'list') return to({ ...state, notice: 'a list has nothing to fold: t is the tree, b groups' })
  if (toggled.length > 0) return to(withProcesses(toTop(state), { toggled: [] }))
  const rows = (frame.processes?.rows ?? []).filter(({ kind, place }) => kind === 'group' || (place?.below ?? 0) > 0)
  return to(withProcesses(toTop(state), { toggled: rows.map(rowKey) }))
}

const fold = withSelected((state, row) => {
  if (state.processes.arrange === 'list')
    return to({ ...state, notice: 'a list has nothing to fold: t is the tree, b groups' })
  if (row.kind !== 'group' && (row.place?.below ?? 0) === 0) return to({ ...state, notice: 'nothing is below it' })
  return to(withProcesses(state, { toggled: toggle(state.processes.toggled, rowKey(row)) }))
})

const tag = withSelected((state, row, { list }) => {
  if (row.kind !== 'process') return to({ ...state, notice: 'only processes can be tagged' })
  const { tagged } = state.processes
  const key = rowKey(row)
  const others = tagged.filter((one) => rowKey(one) !== key)
  const next = withProcesses(state, { tagged: others.length < tagged.length ? others : [...tagged, row] })
  return to(select(next, 'processes', listOf(next, 'processes').selected + 1, list.total, list.visible))
})

const follow = withSelected((state, { kind, pid, startTicks }) => {
  const { follow: followed } = state.processes
  if (followed?.pid === pid) return to({ ...state, processes: without(state.processes, 'follow') })
  if (kind !== 'process') return to({ ...state, notice: 'only a process can be followed' })
  return to(withProcesses(state, { follow: { pid, startTicks } }))
})

const threads = withSelected((state, row) => {
  if (row.kind === 'group') return to({ ...state, notice: 'a group has no threads of its own' })
  // On a thread's row it closes the list it stands in: the key of its process ends the same way as its own began.
  const key =
    row.kind === 'thread' ? state.processes.threadsOf.find((one) => one.startsWith(`${row.ppid}:`)) : rowKey(row)
  return to(key === undefined ? state : withProcesses(state, { threadsOf: toggle(state.processes.threadsOf, key) }))
})

function shift(step: number): Run {
  return (state) => {
    const most = processColumns(state.processes, state.columns, state.full === 'processes').length - 2
    return to(withProcesses(state, { shift: Math.max(0, Math.min(most, state.processes.shift + step)) }))
  }
}

/** The columns dialog lists those that are chosen, in their order, and then the others. */
function openColumns(state: ViewState): Step {
  const chosen = processColumns(state.processes, state.columns, state.full === 'processes')
  return to({ ...state, overlay: { kind: 'columns', selected: 0, chosen } })
}

/** What the columns dialog lists: chosen ones first. */
export function columnChoices(chosen: readonly (typeof PROCESS_FIELDS)[number][]) {
  return [...chosen, ...PROCESS_FIELDS.filter((field) => !chosen.includes(field))]
}

function toggleColumn(state: ViewState): Step {
  const { overlay } = state
  if (overlay?.kind !== 'columns') return to(state)
  const field = columnChoices(overlay.chosen)[overlay.selected]
  if (field === undefined) return to(state)
  const without_ = overlay.chosen.filter((one) => one !== field)
  const chosen = without_.length < overlay.chosen.length ? without_ : [...overlay.chosen, field]
  if (chosen.length === 0) return to({ ...state, notice: 'one column has to stay' })
  return to({ ...state, overlay: { ...overlay, chosen, selected: columnChoices(chosen).indexOf(field) } })
}

function moveColumn(step: number): Run {
  return (state) => {
    const { overlay } = state
    if (overlay?.kind !== 'columns') return to(state)
    const { selected, chosen } = overlay
    const target = selected + step
    if (selected >= chosen.length || target < 0 || target >= chosen.length) return to(state)
    const moved = [...chosen]
    const [field] = moved.splice(selected, 1)
    if (field !== undefined) moved.splice(target, 0, field)
    return to({ ...state, overlay: { ...overlay, chosen: moved, selected: target } })
  }
}

function keepColumns(state: ViewState): Step {
  const { overlay } = state
  if (overlay?.kind !== 'columns') return to(state)
  return to(withProcesses(without(state, 'overlay'), { columns: overlay.chosen, shift: 0 }))
}

const watch = withSelected((state, row) => {
  if (row.kind === 'group') return to(withProcesses(state, { toggled: toggle(state.processes.toggled, rowKey(row)) }))
  if (row.kind === 'thread') return to({ ...state, notice: 'threads are seen on the page of their process' })
  const { pid, startTicks, name } = row
  const target = { kind: 'process', id: { pid, startTicks }, name } as const
  return to({
    ...without(state, 'full'),
    focus: 'watch-cpu',
    watch: { target, section: 'panels', unmasked: false },
  })
})

const copyCommand = withSelected((state, { command, name, pid }) => ({
  state,
  effect: { kind: 'copy', text: command, done: `command line of ${name} ${pid} copied` },
}))

/** Tab-separated, as spreadsheets take it. */
const copyRow = withSelected((state, row) => ({
  state,
  effect: {
    kind: 'copy',
    text: [row.pid, row.user, row.cpuRatio, row.memoryBytes, row.state, row.command]
      .map((value) => value ?? '')
      .join('\t'),
    done: `row of ${row.name} ${row.pid} copied: pid, user, cpu, memory, state, command`,
  },
}))

export const processCommands: Commands = {
  watch,
  sort: (state) => to({ ...state, overlay: { kind: 'sort', selected: SORT_KEYS.indexOf(state.processes.sort) } }),
  'sort.apply': (state, context) =>
    state.overlay?.kind === 'sort'
      ? sortBy(SORT_KEYS[state.overlay.selected] ?? 'cpu')(without(state, 'overlay'), context)
      : to(state),
  'sort.cpu': sortBy('cpu'),
  'sort.memory': sortBy('memory'),
  'sort.time': sortBy('time'),
  'sort.writes': sortBy('write'),
  'sort.reverse': (state) => to(withProcesses(toTop(state), { reverse: !state.processes.reverse })),
  user: oneUser,
  tree: (state) => to(arrange(state, state.processes.arrange === 'tree' ? 'list' : 'tree')),
  group: (state) => to(arrange(state, nextGroup(state))),
  fold,
  'fold.all': foldAll,
  tag,
  'tag.none': (state) => to(withProcesses(state, { tagged: [] })),
  follow,
  threads,
  'threads.kernel': (state) => to(withProcesses(toTop(state), { kernelThreads: !state.processes.kernelThreads })),
  'shift.left': shift(-1),
  'shift.right': shift(1),
  columns: openColumns,
  'columns.toggle': toggleColumn,
  'columns.earlier': moveColumn(-1),
  'columns.later': moveColumn(1),
  'columns.default': (state) =>
    to({ ...without(state, 'overlay'), processes: { ...without(state.processes, 'columns'), shift: 0 } }),
  'columns.apply': keepColumns,
  copy: copyCommand,
  'copy.row': copyRow,
}
