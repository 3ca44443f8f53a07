"""The table of what was measured, each figure beside its goal."""

from typing import Any

NATIONAL = 2_650_000
#: Tasks a core before the measurements begin, above which other work disturbs them.
BUSY = 0.3
ENGINE_WORDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}

G1 = (
    "G1: search page with 20 rows, capped count and facets; recall 100 %, p50 ≤ 3 and p95 ≤ 5 bare "
    "pages. `find` is the search alone, `api` the JSON list."
)
G4 = (
    "G4: import of a clean file of {rows:,} rows, checked, indexed, recorded: at least 0.3 of the "
    "raw way. “Flat” is one table of nine text columns with one unique index, “same tables” the "
    "rows as they end up in `body` and `organization`, without versions, index or checks."
)
G6 = "G6: a certificate costs at most 1.3 times WeasyPrint alone, and memory stays flat."


def table(results: dict[str, Any]) -> str:
    """Return docs/bench.md."""
    lines = [
        "# What it costs",
        "",
        "Written by `make bench`; every ratio is of one run on one machine. The register is made",
        f"up: {results['rows']:,} organizations (seed {results['seed']}), caches warm, one visitor,",
        "pages asked of the application without the network. Times in milliseconds.",
        "",
        *_warnings(results),
    ]
    for engine, found in results["engines"].items():
        lines += [f"## {ENGINE_WORDS[engine]}", ""]
        lines += _search(found["large"])
        lines += _paging(found["large"])
        lines += _growth(found)
        lines += _files(found)
    if results.get("papers"):
        lines += _papers(results["papers"])
    return "\n".join(lines).rstrip() + "\n"


def _warnings(results: dict[str, Any]) -> list[str]:
    """Return what keeps these figures from being the measure of the goals."""
    words = []
    if results["rows"] < NATIONAL:
        words.append(f"A small run: the goals are set at {NATIONAL:,} organizations.")
    busy = results.get("load", 0) / results.get("cores", 1)
    if busy > BUSY:
        words.append(f"The machine was busy: {busy:.1f} tasks were waiting for each core.")
    return [" ".join(words), ""] if words else []


def met(value: float, goal: float, *, at_most: bool = True) -> str:
    """Return whether a ratio reaches its goal, in a word."""
    return "met" if (value <= goal if at_most else value >= goal) else "**not met**"


def _rows(head: list[str], rows: list[list[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(map(str, row)) + " |" for row in lines), ""]


def _search(large: dict[str, Any]) -> list[str]:
    bare = large["bare"]
    rows: list[list[Any]] = [["bare page", "", bare["p50"], bare["p95"], "", "", ""]]
    for length, found in large["search"].items():
        for name in ("page", "find", "api"):
            it = found[name]
            middle, slow = it["p50"] / bare["p50"], it["p95"] / bare["p50"]
            goal = ""
            if name == "page":
                both = met(middle, 3) == met(slow, 5) == met(found["recall"], 1, at_most=False)
                goal = "met" if both and met(middle, 3) == "met" else "**not met**"
            rows.append(
                [f"{length} characters, {name}", found["recall"] if name == "page" else "",
                 it["p50"], it["p95"], f"{middle:.1f}", f"{slow:.1f}", goal]
            )  # fmt: skip
    return [
        G1,
        "",
        *_rows(["", "recall", "p50", "p95", "p50 ratio", "p95 ratio", "G1"], rows),
    ]


def _paging(large: dict[str, Any]) -> list[str]:
    rows = []
    for name, found in large["paging"].items():
        first, anywhere, last = (found[it]["p50"] for it in ("first", "anywhere", "last"))
        worst = max(anywhere, last) / first
        rows.append([name, first, anywhere, last, f"{worst:.2f}", met(worst, 1.2)])
    return [
        "G2: any page by key costs at most 1.2 first pages.",
        "",
        *_rows(["list", "first", "anywhere", "last", "ratio", "G2"], rows),
    ]


def _growth(found: dict[str, Any]) -> list[str]:
    rows = []
    for name in ("register", "organization"):
        small, large = found["small"][name]["p50"], found["large"][name]["p50"]
        ratio = large / small
        rows.append([f"/{name}", small, large, f"{ratio:.2f}", met(ratio, 1.5)])
    small_rows, large_rows = (f"{found[it]['rows']:,} rows" for it in ("small", "large"))
    return [
        "G8: a public page grows at most to 1.5 times.",
        "",
        *_rows(["page", small_rows, large_rows, "ratio", "G8"], rows),
    ]


def _files(found: dict[str, Any]) -> list[str]:
    taken, given = found["import"], found["export"]
    landed = taken["import, rows/s"]
    raw = "COPY flat table, rows/s"
    raw = raw if raw in taken else "executemany flat table, rows/s"
    rows = [[name, value, ""] for name, value in taken.items() if name.endswith("rows/s")]
    for base in (raw, "executemany same tables, rows/s"):
        ratio = landed / taken[base]
        rows.append([f"import / {base[:-8]}", f"{ratio:.2f}", met(ratio, 0.3, at_most=False)])
    ratio = given["export CSV, rows/s"] / given["Core yield_per CSV, rows/s"]
    out: list[list[Any]] = [[name, value, ""] for name, value in given.items() if "rows/s" in name]
    out.append(["export / Core", f"{ratio:.2f}", met(ratio, 0.5, at_most=False)])
    for ending in ("csv", "xlsx"):
        memory = given[f"memory of {ending} export, MB"]
        words = f"{memory['of the export']} (process {memory['at peak']})"
        out.append([f"memory of {ending}, MB", words, met(memory["of the export"], 80)])
    return [
        G4.format(rows=taken["rows"]),
        "",
        *_rows(["import", "", "G4"], rows),
        "G5: CSV at least 0.5 of Core `yield_per`, under 80 MB of memory at any size.",
        "",
        *_rows([f"export of {given['rows']:,}", "", "G5"], out),
    ]


def _papers(papers: dict[str, Any]) -> list[str]:
    own, alone = papers["certificate"], papers["WeasyPrint alone"]
    early, late = papers["memory, MB"]
    ratio = own["p50"] / alone["p50"]
    rows: list[list[Any]] = [
        ["certificate", own["p50"], own["p95"], ""],
        ["WeasyPrint alone", alone["p50"], alone["p95"], ""],
        ["ratio", f"{ratio:.2f}", "", met(ratio, 1.3)],
        [f"memory after {papers['printed'] // 10} and {papers['printed']}, MB", early, late,
         met(late / early, 1.1)],
    ]  # fmt: skip
    return ["## Papers", "", G6, "", *_rows(["", "p50", "p95", "G6"], rows)]
