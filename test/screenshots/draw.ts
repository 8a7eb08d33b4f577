import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { Terminal as Emulator, IBufferCell } from '@xterm/headless'

const CELL = { width: 18, height: 38 }
const MARGIN = 22
const FONT = '30px "DejaVu Sans Mono", "Noto Sans Mono", monospace'

/** The 16 colours of a terminal with a dark ground, and the cube and greys behind them (xterm's). */
const BASIC = [
  '#0f1318',
  '#c94f57',
  '#5fc48a',
  '#c9952f',
  '#4a86c9',
  '#9a76d0',
  '#45c4d0',
  '#c6cfd8',
  '#7d8996',
  '#f4646d',
  '#7fe0a8',
  '#edb54a',
  '#5ea9f5',
  '#b592f0',
  '#8fdfe6',
  '#f4f7fa',
]

export interface Ground {
  readonly background: string
  readonly text: string
}

export const DARK: Ground = { background: '#0f1318', text: '#c6cfd8' }
export const LIGHT: Ground = { background: '#ffffff', text: '#24292f' }

function palette(index: number): string {
  if (index < 16) return BASIC[index] as string
  if (index >= 232) return rgb((index - 232) * 10 + 8, (index - 232) * 10 + 8, (index - 232) * 10 + 8)
  const level = (n: number) => (n === 0 ? 0 : 55 + n * 40)
  const cube = index - 16
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

function rgb(red: number, green: number, blue: number): string {
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

function color(cell: IBufferCell, kind: 'text' | 'background', ground: Ground): string {
  const value = kind === 'text' ? cell.getFgColor() : cell.getBgColor()
  if (kind === 'text' ? cell.isFgRGB() : cell.isBgRGB()) return `#${value.toString(16).padStart(6, '0')}`
  if (kind === 'text' ? cell.isFgPalette() : cell.isBgPalette()) return palette(value)
  return kind === 'text' ? ground.text : ground.background
}

/** A picture of what an emulator shows: every cell drawn, line and braille glyphs as shapes so that they join as in a terminal. */
export function drawScreen(emulator: Emulator, ground: Ground): Buffer {
  const canvas = createCanvas(emulator.cols * CELL.width + 2 * MARGIN, emulator.rows * CELL.height + 2 * MARGIN)
  const context = canvas.getContext('2d')
  context.fillStyle = ground.background
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.textBaseline = 'middle'
  const buffer = emulator.buffer.active
  const cell = buffer.getNullCell()
  for (let y = 0; y < emulator.rows; y++) {
    const line = buffer.getLine(buffer.viewportY + y)
    for (let x = 0; x < emulator.cols; x++) {
      line?.getCell(x, cell)
      if (line && cell.getWidth() > 0)
        drawCell(context, cell, MARGIN + x * CELL.width, MARGIN + y * CELL.height, ground)
    }
  }
  return canvas.toBuffer('image/png')
}

function drawCell(context: SKRSContext2D, cell: IBufferCell, x: number, y: number, ground: Ground): void {
  const reverse = cell.isInverse() !== 0
  const text = color(cell, reverse ? 'background' : 'text', ground)
  const background = color(cell, reverse ? 'text' : 'background', ground)
  if (background !== ground.background) {
    context.fillStyle = background
    context.fillRect(x, y, CELL.width * cell.getWidth(), CELL.height)
  }
  const chars = cell.getChars()
  if (chars === '' || chars === ' ') return
  context.globalAlpha = cell.isDim() ? 0.55 : 1
  context.fillStyle = text
  if (!drawShape(context, chars.codePointAt(0) as number, x, y)) {
    context.font = cell.isBold() ? `bold ${FONT}` : FONT
    context.fillText(chars, x, y + CELL.height / 2 + 1)
  }
  context.globalAlpha = 1
}

/** Braille, blocks and lines; false for anything that is text. */
function drawShape(context: SKRSContext2D, point: number, x: number, y: number): boolean {
  if (point >= 0x2800 && point <= 0x28ff) drawBraille(context, point - 0x2800, x, y)
  else if (point >= 0x2580 && point <= 0x259f) return drawBlock(context, point, x, y)
  else if (point >= 0x2500 && point <= 0x257f) return drawLine(context, point, x, y)
  else return false
  return true
}

function drawBraille(context: SKRSContext2D, dots: number, x: number, y: number): void {
  const order = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 0],
    [1, 1],
    [1, 2],
    [0, 3],
    [1, 3],
  ] as const
  for (const [index, [column, row]] of order.entries()) {
    if ((dots & (1 << index)) === 0) continue
    context.beginPath()
    context.arc(x + CELL.width * (0.25 + column * 0.5), y + CELL.height * (0.125 + row * 0.25), 3, 0, Math.PI * 2)
    context.fill()
  }
}

function drawBlock(context: SKRSContext2D, point: number, x: number, y: number): boolean {
  const { width, height } = CELL
  if (point === 0x2580) context.fillRect(x, y, width, height / 2)
  else if (point >= 0x2581 && point <= 0x2588) {
    const part = ((point - 0x2580) / 8) * height
    context.fillRect(x, y + height - part, width, part)
  } else if (point >= 0x2589 && point <= 0x258f) context.fillRect(x, y, (width * (0x2590 - point)) / 8, height)
  else if (point === 0x2590) context.fillRect(x + width / 2, y, width / 2, height)
  else return false
  return true
}

/** Arms of the box-drawing characters in use: left, right, up, down with their weights (1 light, 2 heavy), and dashes a cell. */
const LINES: Readonly<Record<number, readonly [number, number, number, number, number?]>> = {
  9472: [1, 1, 0, 0],
  9473: [2, 2, 0, 0],
  9474: [0, 0, 1, 1],
  9475: [0, 0, 2, 2],
  9480: [1, 1, 0, 0, 4],
  9482: [0, 0, 1, 1, 4],
  9549: [2, 2, 0, 0, 2],
  9581: [0, 1, 0, 1],
  9582: [1, 0, 0, 1],
  9583: [1, 0, 1, 0],
  9584: [0, 1, 1, 0],
  9485: [0, 2, 0, 1],
  9489: [2, 0, 0, 1],
  9592: [2, 0, 0, 0],
  9588: [1, 0, 0, 0],
  9590: [0, 1, 0, 0],
  9508: [1, 0, 1, 1],
  9500: [0, 1, 1, 1],
  9532: [1, 1, 1, 1],
  9492: [0, 1, 1, 0],
}

function drawLine(context: SKRSContext2D, point: number, x: number, y: number): boolean {
  const arms = LINES[point]
  if (!arms) return false
  const [left, right, up, down, dashes] = arms
  const { width, height } = CELL
  const middle = { x: x + width / 2, y: y + height / 2 }
  if (dashes !== undefined) {
    for (let index = 0; index < dashes; index++) {
      const vertical = up > 0
      const length = (vertical ? height : width) / dashes
      const thick = Math.max(left, up) * 2
      if (vertical) context.fillRect(middle.x - thick / 2, y + index * length, thick, length * 0.6)
      else context.fillRect(x + index * length, middle.y - thick / 2, length * 0.6, thick)
    }
    return true
  }
  const arm = (weight: number, ax: number, ay: number, w: number, h: number) => {
    if (weight > 0) context.fillRect(ax, ay, w, h)
  }
  const thick = (weight: number) => weight * 2.4
  arm(left, x, middle.y - thick(left) / 2, width / 2 + 1, thick(left))
  arm(right, middle.x - 1, middle.y - thick(right) / 2, width / 2 + 1, thick(right))
  arm(up, middle.x - thick(up) / 2, y, thick(up), height / 2 + 1)
  arm(down, middle.x - thick(down) / 2, middle.y - 1, thick(down), height / 2 + 1)
  return true
}
