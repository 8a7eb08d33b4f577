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
