import { graphemes, textWidth } from './text.ts'

/** Safe text in rows of at most so many columns, cut at spaces; a word that is longer than a row is cut where the row ends. */
export function wrapped(text: string, columns: number): string[] {
  const room = Math.max(2, columns)
  const rows: string[] = []
  for (const word of text.split(' ')) {
    const last = rows.at(-1)
    if (last !== undefined && textWidth(last) + 1 + textWidth(word) <= room) rows[rows.length - 1] = `${last} ${word}`
    else rows.push(...pieces(word, room))
  }
  return rows
}

function pieces(word: string, columns: number): string[] {
  if (textWidth(word) <= columns) return [word]
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const { text, width } of graphemes(word)) {
    if (used + width > columns) {
      rows.push(row)
      row = ''
      used = 0
    }
    row += text
    used += width
  }
  return [...rows, row]
}
