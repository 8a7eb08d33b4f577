/** Tells whether a value that came from outside is of a shape. */
export type Shape = (value: unknown) => boolean

export const isText =
  (longest: number): Shape =>
  (value) =>
    typeof value === 'string' && value.length <= longest

/** A whole number, 0 or more. */
export const isCount: Shape = (value) => Number.isSafeInteger(value) && (value as number) >= 0

export const isWhole: Shape = (value) => Number.isSafeInteger(value)

export const isFlag: Shape = (value) => typeof value === 'boolean'

export const isOneOf =
  (choices: readonly unknown[]): Shape =>
  (value) =>
    choices.includes(value)

export const isListOf =
  (shape: Shape, most: number): Shape =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(shape)

export const isEither =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value))

/** An object with these members, perhaps with those, and with no others. */
export function isRecord(members: Readonly<Record<string, Shape>>, more: Readonly<Record<string, Shape>> = {}): Shape {
  const all: Readonly<Record<string, Shape>> = { ...more, ...members }
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const said = Object.entries(value)
    if (!said.every(([key, part]) => Object.hasOwn(all, key) && (all[key] as Shape)(part))) return false
    return Object.keys(members).every((key) => Object.hasOwn(value, key))
  }
}
