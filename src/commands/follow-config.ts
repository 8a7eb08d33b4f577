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
 * Picks up edits of the configuration while the dashboard runs: its checks and keys at once; a bad one is told on the screen while the
 * last good one stays. A file that was not there yet is picked up when it comes. Undefined where there is no place for one.
 */
export function followConfig(
  options: Options,
  build: Build,
  source: Pick<LiveSource, 'configure'>,
  screen: () => Screen | undefined,
): Reload | undefined {
  const { configStates, discover, intervalMs } = options
  const [path] = configStates.keys()
  if (path === undefined) return undefined
  return createReload({
    path,
    states: configStates,
    workerPath: configWorkerPath(build),
    onConfig({ definitions, secrets, keys, intervalMs: wanted }) {
      source.configure({ definitions, secrets, discover })
      const shown = screen()
      shown?.configProblem(undefined)
      shown?.bindKeys(keys ?? KEYS)
      shown?.notice(
        wanted === undefined || wanted === intervalMs
          ? `${CONFIG_NAME} was read again`
          : `${CONFIG_NAME} was read again; interval: ${durationText(wanted)} holds from the next start`,
      )
    },
    onError({ first, count }) {
      const more = count > 1 ? `, and ${count - 1} more` : ''
      screen()?.configProblem(`${first}${more}`)
    },
  })
}
