import { expect, test } from 'vitest'
import { COLOURS } from '../../../src/ui/theme/colours.ts'
import { nearest16, nearest256 } from '../../../src/ui/theme/nearest.ts'

const value = (hex: string) => Number.parseInt(hex.slice(1), 16)

test('each of the 240 colours is nearest to itself', () => {
  const levels = [0, 95, 135, 175, 215, 255]
  for (let index = 16; index < 232; index++) {
    const cube = index - 16
    const [r, g, b] = [Math.trunc(cube / 36), Math.trunc(cube / 6) % 6, cube % 6].map((at) => levels[at] as number)
    expect(nearest256(((r as number) << 16) | ((g as number) << 8) | (b as number)), String(index)).toBe(index)
  }
  for (let grey = 0; grey < 24; grey++) expect(nearest256((8 + grey * 10) * 0x010101)).toBe(232 + grey)
})

test('it finds what was chosen by eye for most of the text colours', () => {
  const texts = ['text', 'bright', 'ok', 'crit', 'unknown', 'cpu', 'mem', 'net', 'onBadge', 'cpuF', 'memF'] as const
  for (const token of texts) {
    const [dark, dark256] = COLOURS[token]
    expect(nearest256(value(dark)), token).toBe(dark256)
  }
})

test('among 16 a colour keeps its hue, and what is grey stays grey', () => {
  expect(nearest16(0x5fc48a)).toBe(2)
  expect(nearest16(0xf4646d)).toBe(9)
  expect(nearest16(0xc81e2b)).toBe(1)
  expect(nearest16(0xedb54a)).toBe(3)
  expect(nearest16(0x5ea9f5)).toBe(12)
  expect(nearest16(0x24456a)).toBe(4)
  expect(nearest16(0x45c4d0)).toBe(6)
  expect(nearest16(0xe48fc6)).toBe(13)
  expect(nearest16(0xc6cfd8)).toBe(7)
  expect(nearest16(0x7d8996)).toBe(8)
  expect(nearest16(0xffffff)).toBe(15)
})

test('what would not be seen on the ground is not taken', () => {
  expect(nearest16(0x0f1318)).toBe(0)
  expect(nearest16(0x0f1318, [0])).toBe(8)
  expect(nearest16(0xffffff, [15])).toBe(7)
})
