import { bytes, count, percent, span, watts } from '../../lib/units.ts'
import type { SeriesView } from '../../model/frame.ts'
import { parseSeriesKey, seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'
import { quantity, type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import { type Battery, batteriesOf } from './battery.ts'
import type { Fact } from './facts.ts'
import { cpuHeat, type Heat, heatTone, sensorHeat, sensorsOf, temperatureKey } from './heat.ts'
import { ofSegments } from './memory-data.ts'
import { celsius, share } from './words.ts'

const DIM = style('dim')
const TEXT = style('text')
/** What a chart of heat reaches up to where no limit is known. */
const USUAL_TOP = 100
/** Drivers of what measures the board, and of drives; processors have their own figure. */
const BOARD = /^(acpitz|nct\d|it8\d|w83\d|f71\d|pch_|asus|gigabyte|dell|thinkpad|applesmc)|board|systin|ambient/i
const DRIVES = /^(nvme|drivetemp)/i
const GAUGE_FULL = 100

/** `58 °C` with its past; its colour says when it is near its limit. */
function heatFact(label: string, key: string, heat: Heat, severity: string, look: Look): Fact {
  const packed = style(heatTone(heat, severity), { bold: heat.near || severity !== '' })
  return {
    label,
    chart: { key, least: heat.limit ?? USUAL_TOP, tone: heat.near ? 'warn2' : 'svc2' },
    figure: celsius(heat.celsius, look, packed),
  }
}

/** Heat of the hottest processor. */
export function cpuHeatFacts(metrics: SeriesView, severity: string, look: Look): Fact[] {
  const heat = cpuHeat(metrics)
  return heat === undefined ? [] : [heatFact('cpu heat', 'cpu_temperature_celsius', heat, severity, look)]
}

/** Heat of the board, and of the hottest drive. */
export function placeHeatFacts(metrics: SeriesView, look: Look): Fact[] {
  const sensors = sensorsOf(metrics)
  return (
    [
      ['board heat', BOARD],
      ['drive heat', DRIVES],
    ] as const
  ).flatMap(([label, pattern]) => {
    const hottest = sensors
      .filter((sensor) => pattern.test(sensor))
      .flatMap((sensor) => ({ sensor, heat: sensorHeat(metrics, sensor) }))
      .flatMap(({ sensor, heat }) => (heat === undefined ? [] : [{ sensor, heat }]))
      .sort((a, b) => b.heat.celsius - a.heat.celsius)[0]
    return hottest === undefined ? [] : [heatFact(label, temperatureKey(hottest.sensor), hottest.heat, '', look)]
  })
}

/** Every sensor of heat under its own name: `58 of 100 °C`, where the maker names a limit. */
export function sensorFacts(metrics: SeriesView, look: Look): Fact[] {
  return sensorsOf(metrics).flatMap((sensor) => {
    const heat = sensorHeat(metrics, sensor)
    if (heat === undefined) return []
    const fact = heatFact(sensor, temperatureKey(sensor), heat, '', look)
    const [figure, unit] = fact.figure
    if (heat.limit === undefined || figure === undefined || unit === undefined) return [fact]
    return [{ ...fact, figure: [figure, segment(` of ${heat.limit.toFixed(0)}`, DIM), unit] }]
  })
}

/** `battery 62 %  ━━━━╸──  2 h 10 m`: how full, and for how long. */
export function batteryFacts(metrics: SeriesView): Fact[] {
  const batteries = batteriesOf(metrics)
  return batteries.map((battery): Fact => {
    const { charge, low } = battery
    const name = batteries.length === 1 ? 'battery' : battery.name
    const tone = low ? 'warn' : 'svc'
    return {
      label: `${name} ${percent(charge, 0).figure} %`,
      gauge: { percent: Math.round(charge * GAUGE_FULL), tone },
      figure: chargeSegments(battery),
      ...(battery.watts !== undefined && battery.watts > 0 && { help: wattsText(battery.watts) }),
    }
  })
}

function chargeSegments({ leftSeconds, discharging, charging, low }: Battery): Segment[] {
  if (leftSeconds !== undefined) return [segment(span(leftSeconds), low ? style('warn', { bold: true }) : TEXT)]
  return [segment(discharging ? 'in use' : charging ? 'charging' : 'full', DIM)]
}

function wattsText(value: number): string {
  const { figure, unit } = watts(value)
  return `${figure} ${unit}`
}

/** Whether the machine lives on a battery. */
export function onBattery(metrics: SeriesView): boolean {
  return batteriesOf(metrics).some((battery) => battery.discharging)
}

/** Fans, and power by what measures it. */
export function powerFacts(metrics: SeriesView): Fact[] {
  const mains = metrics.value('mains_online')
  const known = (name: string, label: string, of: (key: string, value: number, name: string) => Fact) =>
    metrics.keys(name).flatMap((key) => {
      const value = metrics.value(key)
      return value === undefined ? [] : [of(key, value, parseSeriesKey(key).labels[label] ?? name)]
    })
  const power = (key: string, value: number, name: string): Fact => ({
    label: name,
    chart: { key, least: 10, tone: 'svc2' },
    figure: quantity(watts(value)),
  })
  return [
    ...(mains === undefined ? [] : [{ label: 'mains', figure: [segment(mains === 1 ? 'connected' : 'off', TEXT)] }]),
    ...known('fan_rpm', 'fan', (key, value, name) => ({
      label: name,
      chart: { key, least: 1000, tone: 'svc2' },
      figure: [segment(count(value), TEXT), segment(' rpm', DIM)],
    })),
    ...known('energy_watts', 'zone', power),
    ...known('power_watts', 'source', power),
  ]
}

/** Graphics processors: how busy, memory, heat and, in a full view, power. */
export function gpuFacts(metrics: SeriesView, look: Look, all: boolean): Fact[] {
  const names = new Set(
    ['gpu_used_ratio', 'gpu_memory_used_bytes', 'gpu_temperature_celsius', 'gpu_power_watts'].flatMap((metric) =>
      metrics.keys(metric).map((key) => parseSeriesKey(key).labels.gpu ?? ''),
    ),
  )
  return [...names].flatMap((gpu, index) => {
    const key = (metric: string) => seriesKey(metric, { gpu })
    const value = (metric: string) => metrics.value(key(metric))
    const number = names.size > 1 ? ` ${index}` : ''
    const facts: Fact[] = all ? [{ label: gpu, labelStyle: TEXT, figure: [] }] : []
    const used = value('gpu_used_ratio')
    if (used !== undefined)
      facts.push({
        label: `gpu${number}`,
        chart: { key: key('gpu_used_ratio'), least: 1, tone: 'svc2' },
        figure: share(used),
      })
    const held = value('gpu_memory_used_bytes')
    const total = value('gpu_memory_total_bytes')
    if (held !== undefined && total !== undefined && total > 0)
      facts.push({
        label: `gpu${number} memory`,
        gauge: { percent: Math.round((held / total) * GAUGE_FULL), tone: 'svc' },
        figure: all ? ofSegments(held, total) : quantity(bytes(held)),
      })
    const heat = value('gpu_temperature_celsius')
    if (heat !== undefined)
      facts.push(
        heatFact(
          `gpu${number} heat`,
          key('gpu_temperature_celsius'),
          { celsius: heat, near: heat >= USUAL_TOP - 10 },
          '',
          look,
        ),
      )
    const power = value('gpu_power_watts')
    if (all && power !== undefined)
      facts.push({
        label: `gpu${number} power`,
        chart: { key: key('gpu_power_watts'), least: 10, tone: 'svc2' },
        figure: quantity(watts(power)),
      })
    return facts
  })
}
