import { constants } from 'node:os'
import type { Unit } from './unit.ts'

/** Results in words; those that name a status or a signal say it themselves. Source: systemd.exec(5), SERVICE_RESULT. */
const RESULTS: Readonly<Record<string, string>> = {
  protocol: 'it did not do at its start what its Type= asks for',
  timeout: 'it took too long to start or to stop',
  watchdog: 'it did not report to the watchdog in time',
  'start-limit-hit': 'it was started too often in too short a time',
  resources: 'there was not enough of something to start it',
  'oom-kill': 'the kernel ended it for want of memory',
  'exec-condition': 'its ExecCondition= said no',
}

/** Exit statuses that systemd itself gives when it cannot start a program. Source: systemd.exec(5), process exit codes. */
const STATUSES: Readonly<Record<number, string>> = {
  200: 'its WorkingDirectory= cannot be entered',
  203: 'its program cannot be run',
  216: 'its Group= does not exist',
  217: 'its User= does not exist',
  226: 'its file system namespace cannot be made',
}

/** How the last run of a unit ended: `exit status 1`, `ended by SIGSEGV`; undefined when it ended well, or did not run. */
export function endingOf({ result, exit }: Unit): string | undefined {
  if (result === '' || result === 'success') return undefined
  const words = RESULTS[result]
  if (words !== undefined) return words
  if (exit === undefined) return result
  if (exit.how !== 'exited') return `ended by ${signalName(exit.status)}${exit.how === 'dumped' ? ', core dumped' : ''}`
  const meaning = STATUSES[exit.status]
  return `exit status ${exit.status}${meaning === undefined ? '' : `: ${meaning}`}`
}

function signalName(number: number): string {
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
  return name ?? `signal ${number}`
}
