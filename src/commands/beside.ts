import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Build } from './options.ts'

type Where = Pick<Build, 'workerPath'>

/** Where editors find the JSON Schema of healthtop.yaml: a `file:` URL of the file beside the program. */
export function schemaUrl({ workerPath }: Where): string {
  return pathToFileURL(join(dirname(workerPath), 'healthtop.schema.json')).href
}

/** The entry of the worker that loads a changed configuration (`reload/worker.ts`), beside the program. */
export function configWorkerPath({ workerPath }: Where): string {
  return join(dirname(workerPath), 'config-worker.cjs')
}

/** The entry of the worker that runs checks, beside the program. */
export function checksWorkerPath({ workerPath }: Where): string {
  return join(dirname(workerPath), 'checks-worker.cjs')
}

/** The entry of the worker that reads the log back and keeps it in order, beside the program. */
export function logWorkerPath({ workerPath }: Where): string {
  return join(dirname(workerPath), 'log-worker.cjs')
}
