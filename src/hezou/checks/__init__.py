"""Text checks: a finding names a slip with its place, the reason for calling it one, and exact repairs.

Words: a *check* looks for one kind of slip; a *finding* is one place where it stands; a *pack* is an agency's
choice of checks for its kinds and channels. An error stops hand-in and cannot be switched off; a warning or
hint can.
`rules` is the whole core: pure, usable alone (`from hezou.checks.rules import check`).
The room never changes a text, never asks the network, and keeps no text anywhere.
"""
