import { rulesOf } from '../../alerts/rules.ts'
import { CONFIG_NAME } from '../../config/file.ts'
import type { Clock } from '../../lib/clock.ts'
import type { SharedSource } from '../../sources/shared/shared-source.ts'
import { configWorkerPath } from '../beside.ts'
import type { Monitor } from '../monitor.ts'
import type { Build, Options } from '../options.ts'
import { changesIn, type InUse, inUseAfter } from '../reload/changes.ts'
import { createReload, type Reload } from '../reload/reload.ts'
import type { ServiceManager } from './service-manager.ts'

export interface FollowOptions {
  readonly options: Options
  readonly build: Build
  readonly source: Pick<SharedSource, 'configure'>
  readonly monitor: Pick<Monitor, 'tell' | 'configure'>
  readonly manager: ServiceManager | undefined
  readonly clock: Clock
}

/**
 * Picks up edits of the configuration, and reads it again where that is asked for. What changed is told as something that happened, and so is
 * what is wrong: then the last good one stays in use.
 */
export function followFor({ options, build, source, monitor, manager, clock }: FollowOptions): Reload {
  const { configStates, discover } = options
  const [path] = configStates.keys()
  let inUse: InUse = options
  let asked = false

  function tell(level: 'event' | 'warning', text: string): void {
    monitor.tell({ events: [{ wallMs: clock.wallMs(), kind: 'configuration', level, subject: CONFIG_NAME, text }] })
    if (asked) manager?.ready()
    asked = false
  }

  const reload =
    path === undefined
      ? undefined
      : createReload({
          path,
          states: configStates,
          workerPath: configWorkerPath(build),
          onConfig(loaded) {
            const { definitions, secrets, alerts, disabled } = loaded
            const text = changesIn(inUse, loaded)
            inUse = inUseAfter(inUse, loaded)
            source.configure({ definitions, secrets, discover })
            monitor.configure(rulesOf(alerts, disabled))
            tell('event', `read again: ${text}`)
          },
          onError({ first, count }) {
            const more = count > 1 ? `, and ${count - 1} more` : ''
            tell('warning', `is not used, the last good one stays: ${first}${more}`)
          },
        })

  return {
    again() {
      asked = true
      manager?.reloading(clock.monoMs())
      if (reload !== undefined) reload.again()
      else tell('warning', 'is not read: there is no place for it; --config FILE says where it is')
    },
    stop: () => reload?.stop(),
  }
}
