import { Box } from 'ink'
import { screenLayout } from './app-layout.ts'
import { Canvas } from './canvas.tsx'
import type { KeyBinding } from './keys/binding.ts'
import { ActionDialog } from './overlays/action.tsx'
import { AlertDialog } from './overlays/alert-dialog.tsx'
import { ColumnsOverlay } from './overlays/columns.tsx'
import { HelpOverlay } from './overlays/help.tsx'
import { PaletteOverlay } from './overlays/palette.tsx'
import { PanelsOverlay } from './overlays/panels.tsx'
import { SettingsOverlay } from './overlays/settings.tsx'
import { SortOverlay } from './overlays/sort.tsx'
import { isAction, isAlertOverlay, type ViewState } from './state.ts'
import type { Glyphs } from './theme/glyphs.ts'

export interface AppProps {
  readonly state: ViewState
  readonly glyphs: Glyphs
  /** Keys that mean something with this source, for the help. */
  readonly bindings: readonly KeyBinding[]
  readonly version: string
  /** The file that keeps what the screen remembers, for the settings. */
  readonly memory: string
}

/** The whole screen as Ink sees it: bands of canvases, and at most one overlay over them. */
export function App({ state, glyphs, bindings, version, memory }: AppProps) {
  const { columns, rows, overlay } = state
  const layout = screenLayout(state)
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
          state={state}
          query={overlay.query}
          selected={overlay.selected}
          glyphs={glyphs}
          bindings={bindings}
          version={version}
        />
      )}
      {overlay?.kind === 'palette' && (
        <PaletteOverlay
          state={state}
          query={overlay.query}
          selected={overlay.selected}
          glyphs={glyphs}
          bindings={bindings}
        />
      )}
      {overlay?.kind === 'settings' && (
        <SettingsOverlay state={state} selected={overlay.selected} glyphs={glyphs} memory={memory} />
      )}
      {overlay?.kind === 'sort' && (
        <SortOverlay columns={columns} rows={rows} selected={overlay.selected} glyphs={glyphs} />
      )}
      {overlay?.kind === 'columns' && (
        <ColumnsOverlay columns={columns} rows={rows} overlay={overlay} glyphs={glyphs} />
      )}
      {overlay?.kind === 'panels' && (
        <PanelsOverlay
          columns={columns}
          rows={rows}
          selected={overlay.selected}
          layout={state.layout}
          glyphs={glyphs}
        />
      )}
      {isAlertOverlay(overlay) && <AlertDialog columns={columns} rows={rows} overlay={overlay} glyphs={glyphs} />}
      {isAction(overlay) && <ActionDialog columns={columns} rows={rows} overlay={overlay} glyphs={glyphs} />}
    </Box>
  )
}
