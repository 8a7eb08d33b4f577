import { cpus, hostname, machine, release, type, uptime } from 'node:os'
import { safeText } from '../../lib/text.ts'
import type { HostFacts } from '../../model/host.ts'

const MAX_TEXT = 128

/** What Node itself knows of this machine, at once. */
export function readFacts(wallMs: number): HostFacts {
  const cores = cpus()
  const model = cores[0]?.model.replace(/\((R|TM|tm)\)/g, '').replace(/\s+/g, ' ')
  const cpuModel = model === undefined || model === 'unknown' ? '' : safeText(model, MAX_TEXT).trim()
  return {
    name: safeText(hostname(), MAX_TEXT) || 'localhost',
    kernel: safeText(`${type()} ${release()}`, MAX_TEXT),
    arch: machine(),
    ...(cpuModel !== '' && { cpuModel }),
    ...(cores.length > 0 && { cores: cores.length }),
    bootMs: Math.round(wallMs / 1000 - uptime()) * 1000,
  }
}

/** The system's name and version, such as `macOS 14.5`; undefined where it is not told. Source: `osInfo()` of systeminformation, which starts some programs. */
export async function askSystem(): Promise<string | undefined> {
  const { osInfo } = await import('systeminformation')
  return systemName(await osInfo())
}

/** The library says `unknown` of what it does not know. */
export function systemName({ distro, release: version }: { distro: string; release: string }): string | undefined {
  const name = safeText(distro, MAX_TEXT)
    .replace(/ GNU\/Linux$/, '')
    .trim()
  if (name === '' || name === 'unknown') return undefined
  const number = safeText(version, MAX_TEXT).trim()
  return number === '' || number === 'unknown' || name.endsWith(number) ? name : `${name} ${number}`
}
