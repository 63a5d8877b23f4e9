"""Work to be done later, safely: at least once, never forgotten.

Words: *job* (a call of a task, written inside the transaction that wants it), *lease* (how long a worker
may keep a job without a heartbeat), *dead letter* (a job that failed as often as it may; a person decides),
*beat* (a periodic task and the last slot it was due for).

Never: holds body text in arguments or errors (ids and codes only); assumes a job runs once (tasks are
idempotent); forgets a job whose worker was killed.
"""
