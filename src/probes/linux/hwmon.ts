import type { HostFiles } from '../probe.ts'
import { uniqueNames } from '../unique-names.ts'
import { byNumber, isAsleep, readNumber, readText } from './sysfs.ts'

const HWMON = 'sys/class/hwmon'
const MILLI = 1000
const MICRO = 1_000_000

/** A limit that was never set reads as the lowest or highest number that its register can hold (NVMe: 65,261 °C). */
const HIGHEST_LIMIT = 200

/** Something a sensor chip measures. */
export interface Channel {
  /** Readable, and the only one of its kind on this host. */
  readonly label: string
  /** The chip's own name, such as `coretemp`. */
  readonly chip: string
  /** What the channel is called on its chip, such as `Package id 0`; empty where the driver does not say. */
  readonly name: string
  /** The file that holds the number. */
  readonly path: string
  /** A file that says 1 while the sensor is broken, where there is one. */
  readonly fault: string | undefined
  /** What the number is to be divided by. */
  readonly divisor: number
  /** Folder of the device that the chip belongs to. */
  readonly device: string
}

export interface TemperatureChannel extends Channel {
  /** Celsius; undefined where the chip has no limit. */
  readonly limit: number | undefined
}

/** What the sensor chips of a host can measure. */
export interface HwmonLayout {
  readonly temperatures: readonly TemperatureChannel[]
  readonly fans: readonly Channel[]
  readonly powers: readonly Channel[]
}

/** Finds out what there is to measure, without measuring; chips that sleep are left in peace. Source: kernel doc hwmon/sysfs-interface. */
export function readHwmonLayout(files: HostFiles): HwmonLayout {
  const temperatures: TemperatureChannel[] = []
  const fans: Channel[] = []
  const powers: Channel[] = []
  const unique = { temp: uniqueNames(), fan: uniqueNames(), power: uniqueNames() }
  for (const folder of [...files.list(HWMON)].sort(byNumber)) {
    const path = `${HWMON}/${folder}`
    const device = `${path}/device`
    if (isAsleep(files, device)) continue
    const names = files.list(path)
    const chip = readText(files, `${path}/name`) ?? folder
    const holder = holderOf(files, chip, device)
    const channels = (kind: 'temp' | 'fan' | 'power', suffixes: readonly string[], divisor: number) => {
      const inputs = inputsOf(names, kind, suffixes)
      return inputs.map(({ channel, file }): Channel & { readonly at: string } => {
        const name = readText(files, `${path}/${channel}_label`) ?? ''
        const label = unique[kind](`${holder} ${name || (inputs.length > 1 ? channel : '')}`.trim())
        const fault = names.includes(`${channel}_fault`) ? `${path}/${channel}_fault` : undefined
        return { label, chip, name, path: `${path}/${file}`, fault, divisor, device, at: `${path}/${channel}` }
      })
    }
    for (const { at, ...channel } of channels('temp', ['input'], MILLI)) {
      temperatures.push({ ...channel, limit: limitOf(files, at) })
    }
    for (const { at: _, ...channel } of channels('fan', ['input'], 1)) fans.push(channel)
    for (const { at: _, ...channel } of channels('power', ['average', 'input'], MICRO)) powers.push(channel)
  }
  return { temperatures, fans, powers }
}

/** What the channel measures now; undefined where it says nothing, is broken or sleeps. */
export function readChannel(files: HostFiles, { path, fault, divisor }: Channel): number | undefined {
  if (fault !== undefined && readNumber(files, fault) === 1) return undefined
  const value = readNumber(files, path)
  return value === undefined ? undefined : value / divisor
}

/** The channels of chips that are awake. */
export function awake<T extends Channel>(files: HostFiles, channels: readonly T[]): T[] {
  const asleep = new Map<string, boolean>()
  return channels.filter(({ device }) => {
    let sleeps = asleep.get(device)
    if (sleeps === undefined) {
      sleeps = isAsleep(files, device)
      asleep.set(device, sleeps)
    }
    return !sleeps
  })
}

/** `temp1`, with the first of its files that there is. */
function inputsOf(
  names: readonly string[],
  kind: string,
  suffixes: readonly string[],
): { readonly channel: string; readonly file: string }[] {
  const pattern = new RegExp(`^${kind}\\d+(?=_(${suffixes.join('|')})$)`)
  const channels = new Set(names.flatMap((name) => pattern.exec(name)?.[0] ?? []))
  return [...channels].sort(byNumber).flatMap((channel) => {
    const suffix = suffixes.find((one) => names.includes(`${channel}_${one}`))
    return suffix === undefined ? [] : [{ channel, file: `${channel}_${suffix}` }]
  })
}

/** Of drives people know the name of the device (`nvme0`, `sda`), not that of the driver. */
function holderOf(files: HostFiles, chip: string, device: string): string {
  if (chip === 'drivetemp') return files.list(`${device}/block`)[0] ?? chip
  if (chip !== 'nvme') return chip
  // `nvme0n1`; where a drive can be reached on several ways `nvme3c0n1` of the controller `nvme0`.
  const disk = files
    .list(device)
    .map((name) => /^nvme(\d+)(?:c(\d+))?n\d+$/.exec(name))
    .find((match) => match !== null)
  return disk == null ? chip : `nvme${disk[2] ?? disk[1]}`
}

function limitOf(files: HostFiles, channel: string): number | undefined {
  for (const suffix of ['crit', 'max']) {
    const limit = (readNumber(files, `${channel}_${suffix}`) ?? 0) / MILLI
    if (limit > 0 && limit <= HIGHEST_LIMIT) return limit
  }
  return undefined
}
