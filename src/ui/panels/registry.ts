import { ahead } from './ahead.ts'
import { alertBefore } from './alert/before.ts'
import { alertChanges } from './alert/changes.ts'
import { alertKeysPanel } from './alert/keys.ts'
import { alertMoment } from './alert/moment.ts'
import { alertSuspects } from './alert/suspects.ts'
import { alertTimeline } from './alert/timeline.ts'
import { checkAnswer } from './check/answer.ts'
import { checkCertificate } from './check/certificate.ts'
import { checkExpected } from './check/expected.ts'
import { checkHappened } from './check/happened.ts'
import { checkHeaders } from './check/headers.ts'
import { checkLatency } from './check/latency.ts'
import { checkResults } from './check/results.ts'
import { checkUp } from './check/up.ts'
import { cpu } from './cpu.ts'
import { disks } from './disks.ts'
import { host } from './host.ts'
import { log } from './log.ts'
import { memory } from './memory.ts'
import { network } from './network.ts'
import type { Panel } from './panel.ts'
import type { PanelId } from './panel-id.ts'
import { pressure } from './pressure.ts'
import { processes } from './processes.ts'
import { services } from './services.ts'
import { watchCpu } from './watch/cpu.ts'
import { watchEnvironment } from './watch/environment.ts'
import { watchFamily } from './watch/family.ts'
import { watchFiles } from './watch/files.ts'
import { watchIo } from './watch/io.ts'
import { watchMemory } from './watch/memory.ts'
import { watchRestarts } from './watch/restarts.ts'
import { watchSockets } from './watch/sockets.ts'
import { watchThreads } from './watch/threads.ts'
import { watchUse } from './watch/use.ts'
import { watchWho } from './watch/who.ts'

/** Every panel. A new one is its file and a line here (and a place in ui/layout.ts). */
export const PANELS: readonly Panel[] = [
  cpu,
  memory,
  disks,
  network,
  services,
  log,
  processes,
  host,
  pressure,
  ahead,
  watchCpu,
  watchMemory,
  watchUse,
  watchIo,
  watchWho,
  watchSockets,
  watchFamily,
  watchFiles,
  watchRestarts,
  watchThreads,
  watchEnvironment,
  checkLatency,
  checkAnswer,
  checkResults,
  checkUp,
  checkExpected,
  checkCertificate,
  checkHappened,
  checkHeaders,
  alertMoment,
  alertTimeline,
  alertSuspects,
  alertChanges,
  alertBefore,
  alertKeysPanel,
] as readonly Panel[]

export function panelOf(id: PanelId): Panel | undefined {
  return PANELS.find((panel) => panel.id === id)
}

/** The panel with this number among those that are there. */
export function panelByKey(key: string, there: readonly PanelId[]): PanelId | undefined {
  return PANELS.find((panel) => panel.key === key && there.includes(panel.id))?.id
}
