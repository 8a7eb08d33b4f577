import type { Rule } from '../alerts/rule.ts'
import { rulesOf } from '../alerts/rules.ts'
import { CONFIG_NAME } from '../config/file.ts'
import { durationText } from '../lib/duration.ts'
import type { LiveSource } from '../sources/live/live.ts'
import { KEYS } from '../ui/keys/table.ts'
import type { Program } from '../ui/program.ts'
import { configWorkerPath } from './beside.ts'
import type { Build, Options } from './options.ts'
import { createReload, type Reload } from './reload/reload.ts'

/** The screen, once there is one. */
export type Screen = Pick<Program, 'configProblem' | 'notice' | 'bindKeys'>

/**
 * Picks up edits of the configuration while the dashboard runs: its checks, alert rules and keys at once; a bad one is told on the screen
 * while the last good one stays. A file that was not there yet is picked up when it comes. Undefined where there is no place for one.
 */
export function followConfig(
  options: Options,
  build: Build,
  source: Pick<LiveSource, 'configure'>,
  screen: () => Screen | undefined,
  onAlerts: (rules: readonly Rule[]) => void,
): Reload | undefined {
  const { configStates, discover, intervalMs } = options
  let { log } = options
  const [path] = configStates.keys()
  if (path === undefined) return undefined
  return createReload({
    path,
    states: configStates,
    workerPath: configWorkerPath(build),
    onConfig({ definitions, alerts, disabled, secrets, keys, ...wanted }) {
      source.configure({ definitions, secrets, discover })
      onAlerts(rulesOf(alerts, disabled))
      const shown = screen()
      shown?.configProblem(undefined)
      shown?.bindKeys(keys ?? KEYS)
      const later = [
        ...(isOther(wanted.intervalMs, intervalMs) ? [`interval: ${durationText(wanted.intervalMs)}`] : []),
        ...(isOther(wanted.log, log) ? ['log:'] : []),
      ]
      log = wanted.log ?? log
      const then = later.length === 0 ? '' : `; ${later.join(' and ')} from the next start on`
      shown?.notice(`${CONFIG_NAME} was read again${then}`)
    },
    onError({ first, count }) {
      const more = count > 1 ? `, and ${count - 1} more` : ''
      screen()?.configProblem(`${first}${more}`)
    },
  })
}

/** Whether a configuration says something else than what is in use. */
function isOther<T>(wanted: T | undefined, used: T): wanted is T {
  return wanted !== undefined && JSON.stringify(wanted) !== JSON.stringify(used)
}
