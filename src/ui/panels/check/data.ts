import type { CheckOutcome, CheckStatus } from '../../../model/check.ts'
import type { Frame } from '../../../model/frame.ts'
import { Sight } from '../../sight.ts'
import type { Glyphs } from '../../theme/glyphs.ts'
import type { CheckView } from '../../views.ts'
import type { PanelView } from '../panel.ts'

/** What the panels of the page of one check need of a frame. Times that move by themselves are read through the sight. */
export interface CheckData {
  /** Of the check the page is about; absent once it is removed. */
  readonly status: CheckStatus | undefined
  readonly sight: Sight
}

/** The check a page is about; undefined when there is none of that name any more. */
export function checkOf({ checks }: Pick<Frame, 'checks'>, view: CheckView | undefined): CheckStatus | undefined {
  return view === undefined ? undefined : checks.find(({ definition }) => definition.name === view.name)
}

export function selectCheck(frame: Frame, view: PanelView): CheckData {
  return { status: checkOf(frame, view.check), sight: new Sight(frame.metrics, frame.wallMs) }
}

/** What its last look found; undefined before the first. */
export function outcomeOf({ status }: Pick<CheckData, 'status'>): CheckOutcome | undefined {
  return status?.last?.outcome
}

/** What stands where there is nothing to show: before the first answer; nothing once it is removed, which the row above tells. Undefined else. */
export function checkAbsence({ status }: Pick<CheckData, 'status'>, { loading }: Glyphs): string | undefined {
  if (status === undefined) return ''
  return status.last === undefined ? loading : undefined
}

/** The same where the past is shown: what earlier runs found is there before the first answer of this one. */
export function pastAbsence(data: Pick<CheckData, 'status'>, glyphs: Glyphs): string | undefined {
  return (data.status?.results.length ?? 0) > 0 ? undefined : checkAbsence(data, glyphs)
}

/** Whether a check asks over a network; what others look at is on this host. */
const LOCAL: ReadonlySet<string> = new Set(['process', 'file', 'systemd', 'exec'])

export function isLocal({ definition }: CheckStatus): boolean {
  return LOCAL.has(definition.type)
}
