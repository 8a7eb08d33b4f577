import { machine } from 'node:os'
import { Cursor } from '../../lib/decimal.ts'
import { safeText } from '../../lib/text.ts'
import type { HostFacts } from '../../model/host.ts'
import { decode, decodeSafe } from '../decode.ts'
import type { Bytes, HostFiles } from '../probe.ts'
import { limitedCpu, limitedMemory } from './cgroup/figures.ts'
import { ownCgroup } from './cgroup/own.ts'
import { hidesProcesses } from './hidden-processes.ts'
import { MEMINFO, readMemoryFields } from './meminfo.ts'
import { TICKS_PER_SECOND } from './ticks.ts'

const MAX_TEXT = 128

/** `Key : value` of the first processor that has it. ARM tells no model name; some give `Processor` or `Hardware` instead. */
const MODEL = /^(?:model name|Processor|Hardware|cpu model|cpu)\s*:[ \t]*(\S.*)$/m

/** What does not change while the machine runs. What a file does not tell is absent. */
export function readFacts(files: HostFiles): HostFacts {
  const text = (path: string) => clean(files.optional(path))
  const release = text('proc/sys/kernel/osrelease')
  const osRelease = files.optional('etc/os-release') ?? files.optional('usr/lib/os-release')
  const os = osRelease && parseOsRelease(decode(osRelease))
  const cpuInfo = files.optional('proc/cpuinfo')
  const cpuModel = cpuInfo && parseCpuModel(decode(cpuInfo))
  const stat = files.optional('proc/stat')
  const processors = stat && parseStatFacts(stat)
  const { container } = ownCgroup(files)
  const hides = hidesProcesses(files)
  return {
    name: text('proc/sys/kernel/hostname') ?? 'localhost',
    ...(os !== undefined && { os }),
    ...(release !== undefined && { kernel: `${text('proc/sys/kernel/ostype') ?? 'Linux'} ${release}` }),
    // A recorded tree may come from another machine, and /proc does not tell its architecture.
    ...(files.root === '/' && { arch: machine() }),
    ...(cpuModel !== undefined && { cpuModel }),
    ...processors,
    ...(container !== undefined && { container }),
    ...readLimits(files, processors?.cores),
    ...(hides !== undefined && { hidesProcesses: hides }),
    ticksPerSecond: TICKS_PER_SECOND,
  }
}

function clean(bytes: Bytes | undefined): string | undefined {
  if (bytes === undefined) return undefined
  return decodeSafe(bytes, MAX_TEXT).trim() || undefined
}

/** `Debian 12` from NAME and VERSION_ID, the pretty name where there is no name. Source: os-release(5). */
export function parseOsRelease(text: string): string | undefined {
  const field = (key: string) => {
    const value = new RegExp(`^${key}=(.*)$`, 'm').exec(text)?.[1]?.trim()
    const bare = value?.replace(/^(["'])(.*)\1$/, '$2').replace(/\\(.)/g, '$1')
    return bare ? safeText(bare, MAX_TEXT) : undefined
  }
  const name = field('NAME')?.replace(/ GNU\/Linux$/, '')
  if (name === undefined) return field('PRETTY_NAME')
  const version = field('VERSION_ID')
  return version === undefined ? name : `${name} ${version}`
}

/** The processor's name as people write it, without its padding and trade marks. Absent on most ARM machines. */
export function parseCpuModel(text: string): string | undefined {
  const model = MODEL.exec(text)?.[1]
  if (model === undefined) return undefined
  const short = model.replace(/\((R|TM|tm)\)/g, '').replace(/\s+/g, ' ')
  return safeText(short, MAX_TEXT).trim() || undefined
}

/** Cores that are online and the moment of the start, from /proc/stat. */
export function parseStatFacts(bytes: Bytes): Pick<HostFacts, 'cores' | 'bootMs'> {
  let cores = 0
  let bootMs: number | undefined
  const cursor = new Cursor(bytes)
  for (; !cursor.done; cursor.skipLine()) {
    if (cursor.take('cpu')) {
      const digit = bytes[cursor.at] ?? 0
      if (digit >= 48 && digit <= 57) cores++
    } else if (cursor.take('btime ')) {
      const seconds = cursor.integer()
      if (!Number.isNaN(seconds)) bootMs = seconds * 1000
    }
  }
  return { ...(cores > 0 && { cores }), ...(bootMs !== undefined && { bootMs }) }
}

/** What healthtop's own cgroup may use, where that is less than the machine has. */
function readLimits(
  files: HostFiles,
  cores = Number.POSITIVE_INFINITY,
): Pick<HostFacts, 'cpuLimit' | 'memoryLimitBytes' | 'cgroupVersion'> {
  const place = ownCgroup(files).place()
  if (place === undefined) return {}
  const quota = limitedCpu(files, place)?.quota?.value
  const limit = limitedMemory(files, place)?.limit?.value
  const meminfo = limit === undefined ? undefined : files.optional(MEMINFO)
  const total = (meminfo && readMemoryFields(meminfo).MemTotal) ?? Number.POSITIVE_INFINITY
  return {
    cgroupVersion: place.version,
    ...(quota !== undefined && quota < cores && { cpuLimit: quota }),
    ...(limit !== undefined && limit < total && { memoryLimitBytes: limit }),
  }
}
