/** What `systemctl show -p …` prints for units in their states, with TZ=UTC. Source: org.freedesktop.systemd1(5), systemd 252. */
export const ACTIVE = `Result=success
ExecMainCode=0
ExecMainStatus=0
NRestarts=0
LoadState=loaded
ActiveState=active
SubState=running
StateChangeTimestamp=Wed 2026-11-25 10:00:00 UTC
ActiveEnterTimestamp=Wed 2026-11-25 10:00:00 UTC
`
export const FAILED = `Result=exit-code
ExecMainCode=1
ExecMainStatus=203
NRestarts=5
LoadState=loaded
ActiveState=failed
SubState=failed
StateChangeTimestamp=Wed 2026-11-25 10:28:00 UTC
ActiveEnterTimestamp=n/a
`
export const AUTO_RESTART = `Result=signal
ExecMainCode=2
ExecMainStatus=11
NRestarts=3
LoadState=loaded
ActiveState=activating
SubState=auto-restart
StateChangeTimestamp=Wed 2026-11-25 10:28:00 UTC
ActiveEnterTimestamp=Wed 2026-11-25 10:27:30 UTC
`
export const INACTIVE = `Result=success
ExecMainCode=1
ExecMainStatus=0
NRestarts=0
LoadState=loaded
ActiveState=inactive
SubState=dead
StateChangeTimestamp=Wed 2026-11-25 09:00:00 UTC
ActiveEnterTimestamp=Wed 2026-11-25 08:00:00 UTC
`
export const NOT_FOUND = `LoadState=not-found
ActiveState=inactive
SubState=dead
StateChangeTimestamp=
ActiveEnterTimestamp=
`
export const MASKED = `LoadState=masked
ActiveState=inactive
SubState=dead
StateChangeTimestamp=
ActiveEnterTimestamp=
`
export const TIMER = `Result=success
LoadState=loaded
ActiveState=active
SubState=waiting
StateChangeTimestamp=Wed 2026-11-25 08:00:00 UTC
ActiveEnterTimestamp=Wed 2026-11-25 08:00:00 UTC
`
