import type { ThemeName } from './palette.ts'

/** Themes that come with healthtop; `auto` follows the terminal. */
export const THEME_CHOICES = ['auto', 'dark', 'light', 'contrast', 'mono'] as const

/** A theme that can be chosen: one of ours, or the path of a file. */
export type ThemeChoice = 'auto' | ThemeName | { readonly file: string }

/** Whether a value read from somewhere names a theme. */
export function isThemeChoice(value: unknown): value is ThemeChoice {
  if (typeof value === 'string') return THEME_CHOICES.some((choice) => choice === value)
  return typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'string'
}
