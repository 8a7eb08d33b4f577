import { safeText } from '../../lib/text.ts'
import type { CheckOutcome } from '../../model/check.ts'
import { down, unknown } from '../check.ts'
import { firstLine } from '../program.ts'

/** What it means that ping sent nothing. Sources: gai_strerror(3), the messages of iputils, BusyBox and macOS. */
export function explainComplaint(stderr: string, host: string): CheckOutcome {
  const said = safeText(firstLine(stderr).replace(/^ping6?: /, ''), 200)
  if (/temporary failure in name resolution/i.test(stderr))
    return down('dns', `${host} could not be resolved: no name server answered`)
  if (/name or service not known|unknown host|bad address|nodename nor servname|no address associated/i.test(stderr))
    return down('dns', `there is no host ${host}: its name has no address`)
  if (/address family/i.test(stderr)) return down('dns', `${host} has no address of this family`)
  if (/not permitted|permission denied|socktype/i.test(stderr))
    return unknown('permission', `this user may not send pings: ${said}`)
  if (/unreachable|no route/i.test(stderr)) return down('unreachable', `there is no way to ${host}: ${said}`)
  return unknown('ping', said === '' ? `ping told nothing about ${host}` : `ping: ${said}`)
}
