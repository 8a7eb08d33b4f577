const POWERS = 'kmgtp'

/**
 * Bytes of a size as people write it: `4096`, `1KiB`, `1.5G`, `20 kB`; undefined for anything else. `kB` and `MB` count by 1000, `KiB`
 * and `MiB` by 1024, and so do the bare letters `K` and `M`, as in dd(1), sort(1) and systemd. Case does not matter.
 */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(?:([kmgtp])(i?b)?|b)?$/i.exec(text.trim())
  if (match === null) return undefined
  const [, figure, letter = '', rest = ''] = match
  const base = rest.toLowerCase() === 'b' ? 1000 : 1024
  return Number(figure) * base ** (letter === '' ? 0 : POWERS.indexOf(letter.toLowerCase()) + 1)
}

const UNITS: readonly (readonly [size: number, unit: string])[] = [...POWERS].reverse().flatMap((letter, index) => {
  const power = POWERS.length - index
  return [
    [1024 ** power, `${letter.toUpperCase()}iB`],
    [1000 ** power, `${letter === 'k' ? letter : letter.toUpperCase()}B`],
  ] as const
})

/** Bytes as `parseSize` reads them, in the largest unit that needs no decimals: `500MiB`, `40MB`, `4097`. */
export function sizeText(bytes: number): string {
  const found = UNITS.find(([size]) => bytes >= size && bytes % size === 0)
  return found === undefined ? String(bytes) : `${bytes / found[0]}${found[1]}`
}
