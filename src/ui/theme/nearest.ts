/** A colour in Oklab: lightness 0 to 1, green to red, blue to yellow. */
type Lab = readonly [lightness: number, a: number, b: number]

function linear(part: number): number {
  const share = part / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** From sRGB (`0xrrggbb`), by the matrices of Björn Ottosson, "A perceptual color space for image processing" (2020). */
function oklab(rgb: number): Lab {
  const r = linear(rgb >> 16)
  const g = linear((rgb >> 8) & 0xff)
  const b = linear(rgb & 0xff)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** The cube of 6x6x6 and the greys of 256 colours (xterm 256colres.h); the first 16 are each terminal's own. */
function xterm(index: number): number {
  if (index >= 232) return (8 + (index - 232) * 10) * 0x010101
  const step = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = index - 16
  return (step(Math.trunc(cube / 36)) << 16) | (step(Math.trunc(cube / 6) % 6) << 8) | step(cube % 6)
}

/** The 16 as xterm has them (XTerm-col.ad); other terminals come near. */
const SIXTEEN: readonly number[] = [
  0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00,
  0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
]

/** How much a difference in lightness weighs against one in hue, so that a light blue is not the dark one of the 16. */
const LIGHTNESS = 3

/** Less colour than this is a grey (the largest chroma of sRGB in Oklab is 0.32). */
const GREY = 0.035

function chromaOf([, a, b]: Lab): number {
  return Math.hypot(a, b)
}

function best(candidates: Iterable<number>, distance: (index: number) => number): number {
  let found = 0
  let least = Number.POSITIVE_INFINITY
  for (const index of candidates) {
    const far = distance(index)
    if (far >= least) continue
    found = index
    least = far
  }
  return found
}

/** The index, 16 to 255, of the xterm colour that looks most like `rgb` (`0xrrggbb`). */
export function nearest256(rgb: number): number {
  const [lightness, a, b] = oklab(rgb)
  return best(
    Array.from({ length: 240 }, (_, at) => at + 16),
    (index) => {
      const other = oklab(xterm(index))
      return (lightness - other[0]) ** 2 + (a - other[1]) ** 2 + (b - other[2]) ** 2
    },
  )
}

/**
 * The ANSI colour, 0 to 15, that comes nearest to `rgb`; `except` those that could not be seen. They are far apart: what is coloured keeps
 * its hue, so that it goes on meaning the same, and only then its lightness; what is grey stays grey.
 */
export function nearest16(rgb: number, except: readonly number[] = []): number {
  const wanted = oklab(rgb)
  const grey = chromaOf(wanted) < GREY
  const candidates = [...SIXTEEN.keys()].filter((index) => !except.includes(index) && isGrey(index) === grey)
  return best(candidates, (index) => {
    const other = oklab(SIXTEEN[index] as number)
    const lightness = LIGHTNESS * (wanted[0] - other[0]) ** 2
    if (grey) return lightness
    const cosine = (wanted[1] * other[1] + wanted[2] * other[2]) / (chromaOf(wanted) * chromaOf(other))
    return 2 - 2 * cosine + lightness
  })
}

function isGrey(index: number): boolean {
  return index % 8 === 0 || index % 8 === 7
}
