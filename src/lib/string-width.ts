import { textWidth } from './text.ts'

const SGR = /\x1b\[[\d;:]*m|\x1b\]8;[^\x07\x1b]*(?:\x07|\x1b\\)/g

/**
 * Stands in for the package `string-width` in the bundle: terminal columns of text that may hold SGR sequences.
 * The package runs every character through an emoji expression, a third of Ink's cost; this one has the widths the canvases use.
 */
export default function stringWidth(text: string): number {
  return textWidth(text.includes('\x1b') ? text.replace(SGR, '') : text)
}
