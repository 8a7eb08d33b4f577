import type { CheckType } from './check.ts'
import { dns } from './dns.ts'
import { exec } from './exec.ts'
import { file } from './file.ts'
import { http } from './http.ts'
import { icmp } from './icmp.ts'
import { processCheck } from './process.ts'
import { systemd } from './systemd.ts'
import { tcp } from './tcp.ts'
import { tls } from './tls.ts'
import { udp } from './udp.ts'

/** Every check type. A new one is its file and a line here. */
export const CHECK_TYPES: readonly CheckType[] = [
  dns,
  exec,
  file,
  http,
  icmp,
  processCheck,
  systemd,
  tcp,
  tls,
  udp,
] as unknown as readonly CheckType[]

/** Types that a later version brings: known by name, so that the error can say so. */
export const LATER_TYPES = [
  'ssh',
  'smtp',
  'grpc',
  'websocket',
  'redis',
  'postgres',
  'mysql',
  'docker',
  'heartbeat',
] as const

export function checkType(name: string): CheckType | undefined {
  return CHECK_TYPES.find(({ type }) => type === name)
}
