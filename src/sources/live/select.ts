import type { ProcessSelector } from '../../checks/check.ts'
import { reachOf } from '../../model/process-filter/pattern.ts'
import type { ProcessField, ProcessRow } from '../../model/processes.ts'
import type { ProcessEntry } from '../../probes/processes/entry.ts'
import { matcher } from '../../probes/watch/target.ts'
import type { Scanner } from './platform.ts'

/** What checks look at besides what every row has. It costs a file of each process, so it is read of those that are meant alone. */
const COLUMNS: readonly ProcessField[] = ['user', 'command', 'files']

/** Processes of the last complete scan. Throws why none can be told. */
export function selectProcesses(scanner: Pick<Scanner, 'rowsWhere'>, selector: ProcessSelector): readonly ProcessRow[] {
  return scanner.rowsWhere(testOf(selector), ['command'], COLUMNS)
}

function testOf({ name, pattern, pid }: ProcessSelector): (entry: ProcessEntry) => boolean {
  const refusal = pattern === undefined ? undefined : reachOf(pattern)
  if (typeof refusal === 'string') throw new Error(`the pattern could take for ever: ${refusal}`)
  const tests = [
    ...(pid === undefined ? [] : [(entry: ProcessEntry) => entry.pid === pid]),
    ...(name === undefined ? [] : [matcher({ kind: 'name', name }, process.pid)]),
    ...(pattern === undefined ? [] : [matcher({ kind: 'pattern', source: pattern }, process.pid)]),
  ]
  return (entry) => tests.every((test) => test(entry))
}
