import { span } from '../../lib/units.ts'
import type { LimitForecast } from '../../model/forecast.ts'
import type { Frame, Mount } from '../../model/frame.ts'
import { seriesKey } from '../../model/series.ts'
import type { Look } from '../paint/look.ts'
import { type Segment, segment } from '../paint/segments.ts'
import { style } from '../screen/style.ts'
import { findLimit, forecastEnd, growthSegments, secondsTo, timeSegments } from './limit-times.ts'

const DIM = style('dim')
const UNKNOWN = style('unknown')

/** Series of a mount that have a limit. */
export const SPACE = 'disk_used_ratio'
export const INODES = 'disk_inodes_used_ratio'
/** Where the built-in rule calls a file system almost full. */
export const SPACE_LIMIT = 0.95

type Forecasts = Frame['forecasts']

/** When the space of a mount comes to the limit. */
export function spaceForecast(forecasts: Forecasts, mount: string): LimitForecast | undefined {
  return findLimit(forecasts, seriesKey(SPACE, { mount }), SPACE_LIMIT)
}

/** When its inodes do. */
export function inodesForecast(forecasts: Forecasts, mount: string): LimitForecast | undefined {
  return findLimit(forecasts, seriesKey(INODES, { mount }), SPACE_LIMIT)
}

/** What is said of a mount's time to come: each is empty where there is nothing to say. */
export interface MountTimes {
  readonly space: LimitForecast | undefined
  /** Where its gauge's forecast ends. */
  readonly end: number | undefined
  readonly time: readonly Segment[]
  /** In place of growth and time: that it does not answer, or that the inodes are used up before the space is. */
  readonly note: readonly Segment[]
  /** `+127 GiB/h`; without the `/h` when `bare`. */
  growth(totalBytes: number | undefined, bare?: boolean): readonly Segment[]
}

/** The times of a mount that is filled to `used` (0..1). */
export function mountTimes(
  { mount, answering, answeredMs }: Mount,
  used: number,
  forecasts: Forecasts,
  wallMs: number,
  look: Look,
): MountTimes {
  if (!answering) {
    const silent = segment(`${look.glyphs.unknown} no answer ${span((wallMs - answeredMs) / 1000)}`, UNKNOWN)
    return { space: undefined, end: undefined, time: [], note: [silent], growth: () => [] }
  }
  const space = spaceForecast(forecasts, mount)
  const inodes = inodesForecast(forecasts, mount)
  return {
    space,
    end: forecastEnd(forecasts, seriesKey(SPACE, { mount }), used),
    time: timeSegments(space),
    note: secondsTo(inodes) < secondsTo(space) ? [segment('inodes ', DIM), ...timeSegments(inodes)] : [],
    growth: (total, bare) =>
      space?.perHour === undefined || total === undefined ? [] : growthSegments(space.perHour * total, look, bare),
  }
}
