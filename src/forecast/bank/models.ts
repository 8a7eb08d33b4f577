import { MODELS, PLAIN_MODELS } from './memory.ts'
import { FIELD } from './origins.ts'
import { LINES, WINDOWS } from './parameters.ts'

/** Where the forecasts of each family begin among the MODELS. */
export const MODEL = {
  last: 0,
  medians: 1,
  lines: 1 + WINDOWS.length,
  profile: PLAIN_MODELS,
} as const

/** Whether a model is a line. */
export const isLine = (model: number): boolean => model >= MODEL.lines && model < MODEL.profile

/** How the season comes into a forecast. */
export interface Seasonal {
  /** What is usual at the cell that is forecast; NaN where that is not known. */
  readonly usual: number
  /** Steps that a change of the profile takes to get from the series into it. */
  readonly age: number
}

/**
 * What each model forecast at `origin` for `lead` steps later, into `out`: the last value; a median of each window; each line;
 * the profile as it is, moved by how far the series was above it, and with that distance growing as it did (the profile trails
 * the series by its age, so a distance is a drift times that age). Without a profile the widest median stands in for it.
 */
export function forecastAll(origin: Float64Array, lead: number, seasonal: Seasonal, out: Float64Array): void {
  out[MODEL.last] = origin[FIELD.value]!
  for (let i = 0; i < WINDOWS.length; i++) out[MODEL.medians + i] = origin[FIELD.medians + i]!
  for (let i = 0; i < LINES.length; i++)
    out[MODEL.lines + i] = origin[FIELD.lines + 2 * i]! + lead * origin[FIELD.lines + 2 * i + 1]!
  const { usual, age } = seasonal
  if (Number.isNaN(usual)) {
    out.fill(origin[FIELD.medians + WINDOWS.length - 1]!, MODEL.profile, MODELS)
    return
  }
  const offset = origin[FIELD.offset]!
  out[MODEL.profile] = usual
  out[MODEL.profile + 1] = usual + offset
  out[MODEL.profile + 2] = usual + offset * (1 + lead / age)
}
