import { Box } from 'ink'
import { Canvas } from './canvas.tsx'
import type { KeyBinding } from './keys.ts'
import { layoutOf } from './layout.ts'
import { HelpOverlay } from './overlays/help.tsx'
import { SignalOverlay } from './overlays/signal.tsx'
import { SortOverlay } from './overlays/sort.tsx'
import type { ViewState } from './state.ts'
import type { Glyphs } from './theme/glyphs.ts'

export interface AppProps {
  readonly state: ViewState
  readonly glyphs: Glyphs
  /** Keys that mean something with this source, for the help. */
  readonly bindings: readonly KeyBinding[]
  readonly version: string
}

/** The whole screen as Ink sees it: bands of canvases, and at most one overlay over them. */
export function App({ state, glyphs, bindings, version }: AppProps) {
  const { columns, rows, overlay } = state
  const layout = layoutOf(columns, rows, state.full)
  return (
    <Box width={columns} height={rows} flexDirection="column">
      {layout.bands.map((band) => (
        <Box key={band.cells[0]?.name} height={band.rows} flexShrink={0} columnGap={band.gap}>
          {band.cells.map((cell) => (
            <Canvas key={cell.name} name={cell.name} columns={cell.columns} />
          ))}
        </Box>
      ))}
      {overlay?.kind === 'help' && (
        <HelpOverlay
          columns={columns}
          rows={rows}
          offset={overlay.offset}
          glyphs={glyphs}
          bindings={bindings}
          version={version}
        />
      )}
      {overlay?.kind === 'sort' && (
        <SortOverlay columns={columns} rows={rows} selected={overlay.selected} glyphs={glyphs} />
      )}
      {overlay?.kind === 'signal' && <SignalOverlay columns={columns} rows={rows} overlay={overlay} glyphs={glyphs} />}
    </Box>
  )
}
