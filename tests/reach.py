"""Say how much of the code the tests reached, and refuse less than is asked for.

SlipCover 1.1 can do both itself, but with several processes it forgets what they reached once it has
compared it with the floor: its list then shows the first process alone.
"""

import argparse
import json
from pathlib import Path


def main() -> None:
    """Read what SlipCover wrote; exit with words where less than the floor was reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("floor", type=float)
    asked = parser.parse_args()
    found = json.loads(asked.file.read_text())
    for name, file in sorted(found["files"].items()):
        part = file["summary"]
        if part["percent_covered"] < 100:
            lines = ", ".join(_stretches(file["missing_lines"]))
            print(f"{part['percent_covered']:6.1f} %  {name}  {lines}")  # noqa: T201 - a report
    reached = found["summary"]["percent_covered"]
    print(f"{reached:6.1f} %  of lines and branches together")  # noqa: T201 - a report
    if reached < asked.floor:
        raise SystemExit(
            f"The tests reach {reached:.1f} % of the code; {asked.floor:g} is the floor."
        )


def _stretches(lines: list[int]) -> list[str]:
    """Return lines as a reader wants them: 3, 7-9."""
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return [str(first) if first == last else f"{first}-{last}" for first, last in found]


if __name__ == "__main__":
    main()
