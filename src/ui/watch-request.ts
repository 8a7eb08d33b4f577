import type { WatchRequest, WatchSection } from '../model/watch.ts'
import { panelsOf } from './layout.ts'
import type { PanelId } from './panels/panel-id.ts'
import type { ViewState } from './state.ts'
import { watchLayout } from './watch-layout.ts'

/** What a panel shows of the parts that cost. */
const NEEDS: Readonly<Partial<Record<PanelId, WatchSection>>> = {
  'watch-sockets': 'sockets',
  'watch-threads': 'threads',
  'watch-environment': 'environment',
}

/** What is asked of the source for the page of one process: the parts of it that can be seen, no more. The row below its name tells of files and memory on every page. */
export function watchRequestOf({ watch, columns, rows, full }: ViewState): WatchRequest | undefined {
  if (watch === undefined) return undefined
  const { target, instance } = watch
  const seen = panelsOf(watchLayout(columns, rows, full, watch)).flatMap((panel) => NEEDS[panel] ?? [])
  // The full view of its cpu has the threads below the chart.
  const threads: readonly WatchSection[] = full === 'watch-cpu' ? ['threads'] : []
  const sections: readonly WatchSection[] = ['files', 'memory', ...seen, ...threads]
  return { target, sections, ...(instance === undefined ? {} : { instance }) }
}
