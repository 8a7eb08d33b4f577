import type { Token } from './tokens.ts'

/**
 * A colour where there are 16: the number of an ANSI colour, or what takes its place. `fg`, `fg bold` and `bg` are the terminal's
 * own; `reversed` turns text and background around and drops every other colour; `dots` has no tint, painters draw dots instead.
 */
export type Ansi16 = number | 'fg' | 'fg bold' | 'bg' | 'reversed' | 'dots'

/** One token in every palette: dark, dark 256, dark 16, light, light 256, light 16, high contrast. */
export type ColourRow = readonly [
  dark: string,
  dark256: number,
  dark16: Ansi16,
  light: string,
  light256: number,
  light16: Ansi16,
  contrast: string,
]

/** The colour table of the look: every token but `fg`, which is the terminal's own in every palette. */
export const COLOURS: Readonly<Record<Exclude<Token, 'fg'>, ColourRow>> = {
  text: ['#c6cfd8', 252, 'fg', '#24292f', 235, 'fg', '#ffffff'],
  bright: ['#f4f7fa', 231, 15, '#000000', 16, 'fg bold', '#ffffff'],
  dim: ['#7d8996', 245, 8, '#656d76', 242, 8, '#c4c4c4'],
  faint: ['#4a545f', 239, 8, '#afb8c1', 250, 8, '#8a8a8a'],
  line: ['#44505c', 239, 8, '#c8d1da', 252, 7, '#8a8a8a'],
  track: ['#3c4752', 238, 8, '#d8dee4', 253, 7, '#6a6a6a'],
  limit: ['#94616a', 95, 8, '#c88a90', 174, 1, '#ff8a8a'],
  accent: ['#9ecbff', 153, 14, '#0550ae', 25, 4, '#ffffff'],
  selected: ['#1c2733', 236, 'reversed', '#e3efff', 255, 'reversed', '#303030'],
  overlay: ['#161c23', 234, 'bg', '#f6f8fa', 231, 'bg', '#101010'],
  ok: ['#5fc48a', 78, 2, '#1a7f37', 29, 2, '#30ff80'],
  ok2: ['#2f6247', 29, 2, '#a5d9b4', 151, 2, '#189048'],
  warn: ['#edb54a', 179, 11, '#8f5f00', 94, 3, '#ffd24a'],
  warn2: ['#8a6a2e', 94, 3, '#d8b870', 179, 3, '#b08a20'],
  crit: ['#f4646d', 203, 9, '#c81e2b', 160, 1, '#ff6a6a'],
  crit2: ['#8c3d44', 95, 1, '#eaa3a8', 181, 1, '#c03a3a'],
  unknown: ['#a9b4bf', 249, 7, '#57606a', 241, 8, '#e0e0e0'],
  onBadge: ['#0f1318', 233, 0, '#ffffff', 231, 15, '#000000'],
  cpu: ['#5ea9f5', 75, 12, '#0a66c8', 26, 4, '#6ab8ff'],
  cpu2: ['#2f5b8a', 25, 4, '#9cc4ee', 153, 12, '#3a78b8'],
  cpu3: ['#23486e', 24, 'dots', '#dbe9f8', 255, 'dots', '#204870'],
  cpu4: ['#24456a', 24, 4, '#c6dcf4', 189, 12, '#2a5888'],
  cpuF: ['#93c8fb', 117, 14, '#2572c8', 26, 4, '#a8d8ff'],
  mem: ['#b592f0', 141, 13, '#7c3fd1', 98, 5, '#c8a8ff'],
  mem2: ['#5d4c8c', 97, 5, '#cdb6ee', 183, 13, '#8a68c8'],
  mem3: ['#473a6e', 60, 'dots', '#ebe2f9', 255, 'dots', '#4a3a78'],
  mem4: ['#433768', 60, 5, '#ddd0f4', 189, 13, '#5a4880'],
  memF: ['#d2bcf8', 183, 13, '#8450d4', 98, 5, '#e2d0ff'],
  disk: ['#45c4d0', 80, 6, '#00788a', 30, 6, '#50e8f8'],
  disk2: ['#26666f', 30, 6, '#94ccd3', 116, 14, '#309098'],
  disk3: ['#23525a', 23, 'dots', '#d6eef0', 255, 'dots', '#185058'],
  disk4: ['#1f4f57', 23, 6, '#bfe0e4', 152, 14, '#206068'],
  diskF: ['#8fdfe6', 116, 14, '#0f7d90', 30, 6, '#a0f4ff'],
  net: ['#e48fc6', 175, 13, '#b02f80', 126, 5, '#ff9ee0'],
  net2: ['#774c69', 132, 5, '#e6b3d1', 182, 13, '#b860a0'],
  net3: ['#583a4f', 96, 'dots', '#f7e3ef', 255, 'dots', '#602a50'],
  net4: ['#573a4d', 96, 5, '#f0cfe2', 224, 13, '#7a4068'],
  netF: ['#f2bfdf', 225, 13, '#bb4190', 132, 5, '#ffc8f0'],
  svc: ['#9fb0c2', 110, 7, '#57708c', 60, 8, '#d0e0f0'],
  svc2: ['#4f5d6c', 240, 8, '#c3cfdb', 252, 7, '#809098'],
  svc3: ['#36414c', 238, 'dots', '#e8edf2', 255, 'dots', '#404850'],
  svc4: ['#2c343d', 236, 8, '#dbe2e9', 254, 7, '#505860'],
  svcF: ['#c9d6e3', 152, 15, '#5f7892', 66, 8, '#ffffff'],
}
