/** What of asciichart is used; the package brings no types. Source: its README. */
declare module 'asciichart' {
  export interface PlotConfig {
    readonly min?: number
    readonly max?: number
    /** Rows below the first one. */
    readonly height?: number
    /** Columns of the axis in front of the plot. */
    readonly offset?: number
    readonly format?: (value: number) => string
    /** ┼ ┤ ╶ ╴ ─ ╰ ╭ ╮ ╯ │, or what stands for them. */
    readonly symbols?: readonly string[]
  }
  const asciichart: { plot(series: readonly number[], config?: PlotConfig): string }
  export default asciichart
}
