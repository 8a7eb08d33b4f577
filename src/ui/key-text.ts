import type { Glyphs } from './theme/glyphs.ts'

const ARROWS: Readonly<Record<string, string>> = { Up: '↑', Down: '↓', Left: '←', Right: '→' }
const WORDS: Readonly<Record<string, string>> = { '↑': 'Up', '↓': 'Down', '←': 'Left', '→': 'Right' }

/** A key as people write it: `↑`, `Ctrl-L`; in ASCII `Up`. */
export function keyText(key: string, glyphs: Glyphs): string {
  if (glyphs.ascii)
    return key
      .replace(/[↑↓←→]/g, (arrow) => WORDS[arrow] as string)
      .replace(/^C-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`)
  return (ARROWS[key] ?? key).replace(/^C-(.)$/, (_, letter: string) => `Ctrl-${letter.toUpperCase()}`)
}
