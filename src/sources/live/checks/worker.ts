import { parentPort, workerData } from 'node:worker_threads'
import { checkType } from '../../../checks/registry.ts'
import { clockOf } from '../messages.ts'
import { createChecksCore } from './core.ts'
import type { ChecksConfig, ToChecks } from './messages.ts'

/** The entry of the thread that runs checks. What is thrown and not caught ends it; its supervisor starts the next. */
function main(): void {
  const port = parentPort
  if (port === null) throw new Error('this is the entry of a worker thread')
  const config = workerData as ChecksConfig
  const core = createChecksCore({
    ...config,
    clock: clockOf(config),
    typeOf: checkType,
    post: (message) => port.postMessage(message),
  })
  port.on('message', (message: ToChecks) => {
    if (message.kind !== 'stop') {
      core.take(message)
      return
    }
    core.stop()
    port.close()
  })
}

main()
