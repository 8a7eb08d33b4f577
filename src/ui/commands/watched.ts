import type { Frame } from '../../model/frame.ts'
import type { ProcessRow } from '../../model/processes.ts'
import { watchedOf } from '../panels/watch/data.ts'
import type { ViewState } from '../state.ts'

/** The process the page of one process is about, whom its keys act on; undefined on other pages, and while it does not run. */
export function watchedProcess({ watch }: ViewState, frame: Frame): ProcessRow | undefined {
  const watched = watchedOf(frame, watch?.target)
  if (watch === undefined || watched?.state !== 'running') return undefined
  const { instances, detail } = watched
  const { instance } = watch
  const chosen = instances.find(({ pid, startTicks }) => pid === instance?.pid && startTicks === instance.startTicks)
  return chosen ?? detail?.row ?? instances[0]
}
