/** A temperature with what tells whose it is. */
export interface Temperature {
  /** The chip or the type of the zone. */
  readonly chip: string
  /** Its name on the chip; empty for none. */
  readonly name: string
  readonly celsius: number
}

/** Of each driver that measures processors what stands for a whole one, best first; without such a channel all of them do. */
const CHIPS: readonly (readonly [chip: RegExp, whole: readonly RegExp[]])[] = [
  [/^coretemp$/, [/^Package id \d+$/]],
  // Tctl is what fans go by, and on some models 10 to 27 degrees above the truth (kernel doc hwmon/k10temp).
  [/^(k10temp|zenpower)$/, [/^Tdie/, /^Tctl/]],
  [/^(cpu|soc)\d*[_-]thermal$/, []],
  [/^x86_pkg_temp$/, []],
  [/^cpu[\d_-]*thermal(_zone)?$/, []],
]

/** The temperature of the hottest processor; undefined where nothing measures one. */
export function cpuTemperature(temperatures: readonly Temperature[]): number | undefined {
  for (const [chip, whole] of CHIPS) {
    const ours = temperatures.filter((temperature) => chip.test(temperature.chip))
    if (ours.length === 0) continue
    const wholes = whole.map((name) => ours.filter((temperature) => name.test(temperature.name)))
    const best = wholes.find((found) => found.length > 0) ?? ours
    return Math.max(...best.map(({ celsius }) => celsius))
  }
  return undefined
}
