"""Runs the command line, as ``sitegen`` and as ``python -m sitegen``.

A build that has nothing to do ends here, before anything that takes time to load is loaded.
"""

import gc
import os
import sys
import time


def main() -> None:
    """Answer at once where nothing has changed, else run the command line."""
    begun = time.perf_counter()
    if sys.argv[1:2] == ["build"]:
        from sitegen.shell import quick  # noqa: PLC0415 - no other command needs it

        note = quick.answer(sys.argv[2:])
        if note is not None:
            if note["warnings"]:
                sys.stderr.write(f"{note['warnings']}\n")
            sys.stdout.write(f"{note['counts']}; {time.perf_counter() - begun:.2f} s\n{note['where']}\n")
            return
    from sitegen.cli import main as run  # noqa: PLC0415 - takes longer than all of the above

    if sys.argv[1:2] not in (["build"], ["check"]):
        run()
        return
    # A build holds millions of values. To look through them for garbage, and to take them apart one by one at the
    # end, would take longer than an edit; the system takes back the memory of a process at once.
    gc.disable()
    try:
        run()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else end.code is not None)


if __name__ == "__main__":
    main()
