"""The table of what was measured, each figure beside its goal."""

from collections.abc import Callable
from pathlib import Path
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
G3 = (
    "G3: the worklist of an officer, all cases with their office: at most 3 bare pages, at most 12 "
    "queries, the same for 1 case and for 100. A page shows 20 lines, a bare page 20 rows."
)
G8 = (
    "G8: a public page grows at most to 1.5 times; each is given in bare pages of its own turn, so "
    "that the machine's mood of an hour later does not count."
)
WORLDS = ("small", "large")
G10 = (
    "G10: one web process, not forked from another, before and after {requests:,} mixed requests: "
    "at most 160 MB resident. Behind gunicorn, which loads the application once and forks, most of "
    "the memory at the start is shared by all processes of a server."
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
        for name, section in SECTIONS:
            if name == "growth" and all("register" in found.get(it, {}) for it in WORLDS):
                lines += _growth(found)
            elif name in found and section(found[name]):
                lines += section(found[name])
    if results.get("papers"):
        lines += _papers(results["papers"])
    lines += _notes(results)
    return "\n".join(lines).rstrip() + "\n"


def _warnings(results: dict[str, Any]) -> list[str]:
    """Return what keeps these figures from being the measure of the goals."""
    words = []
    if results["rows"] < NATIONAL:
        words.append(f"A small run: the goals are set at {NATIONAL:,} organizations.")
    cores = results.get("cores", 1)
    parts = [part for found in results["engines"].values() for part in found.values()]
    busy = max((part["load"] / cores for part in parts if "load" in part), default=0)
    if busy > BUSY:
        words.append(
            f"The machine was busy with other work: up to {busy:.1f} tasks ran or waited for each "
            "core when a part began. What is compared was measured in turns, so that ratios hold; "
            "times, and the slowest of them most of all, are longer than on a quiet machine."
        )
    absent = [
        f"{ENGINE_WORDS[engine]} {name}"
        for engine, found in results["engines"].items()
        for name in ("files", "small", "worklist", "large")
        if not found.get(name, {}).get("done")
    ]
    if absent:
        words.append(f"Not finished: {', '.join(absent)}; `make bench` goes on from here.")
    return [" ".join(words), ""] if words else []


def _notes(results: dict[str, Any]) -> list[str]:
    """Return what a person wrote about goals that are not met: bench/notes.md."""
    notes = Path(__file__).with_name("notes.md")
    return [notes.read_text(encoding="utf-8")] if notes.exists() else []


def met(value: float, goal: float, *, at_most: bool = True) -> str:
    """Return whether a ratio reaches its goal, in a word."""
    return "met" if (value <= goal if at_most else value >= goal) else "**not met**"


def _rows(head: list[str], rows: list[list[Any]]) -> list[str]:
    lines = [head, ["---"] * len(head), *rows]
    return [*("| " + " | ".join(map(str, row)) + " |" for row in lines), ""]


def _search(large: dict[str, Any]) -> list[str]:
    if not large.get("search"):
        return []
    rows: list[list[Any]] = []
    for length, found in large["search"].items():
        bare = found["bare"]
        rows.append([f"{length} characters: bare page", "", bare["p50"], bare["p95"], "", "", ""])
        for name in ("page", "find", "api"):
            it = found[name]
            middle, slow = it["p50"] / bare["p50"], it["p95"] / bare["p50"]
            goal = ""
            if name == "page":
                reached = middle <= 3 and slow <= 5 and found["recall"] == 1
                goal = "met" if reached else "**not met**"
            rows.append(
                [name, found["recall"] if name == "page" else "",
                 it["p50"], it["p95"], f"{middle:.1f}", f"{slow:.1f}", goal]
            )  # fmt: skip
    head = ["", "recall", "p50", "p95", "p50 ratio", "p95 ratio", "G1"]
    return [G1, "", *_rows(head, rows), *_paging(large), *_process(large)]


def _process(large: dict[str, Any]) -> list[str]:
    if "process" not in large:
        return []
    it = large["process"]
    rows = [
        [when, it[when]["now"], it[when]["private"], it[when]["shared"], goal]
        for when, goal in (("started", ""), ("ended", met(it["ended"]["now"], 160)))
    ]
    text = G10.format(requests=it["requests"])
    return [text, "", *_rows(["MB", "resident", "private", "shared", "G10"], rows)]


def _worklist(found: dict[str, Any]) -> list[str]:
    sizes = [size for size in found if size.isdecimal()]
    if not sizes:
        return []
    rows, same = [], {found[size]["queries"] for size in sizes if int(size) > 0}
    for size in sizes:
        it = found[size]
        ratio = it["worklist"]["p50"] / it["bare"]["p50"]
        rows.append(
            [f"{int(size):,}", it["bare"]["p50"], it["worklist"]["p50"], f"{ratio:.1f}",
             it["queries"], met(ratio, 3), met(it["queries"], 12) if len(same) == 1 else "differs"]
        )  # fmt: skip
    head = ["cases", "bare page", "worklist", "ratio", "queries", "G3 time", "G3 queries"]
    return [G3, "", *_rows(head, rows)]


def _paging(large: dict[str, Any]) -> list[str]:
    rows = []
    for name, found in large.get("paging", {}).items():
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
        small, large = (found[it][name]["p50"] / found[it]["bare"]["p50"] for it in WORLDS)
        ratio = large / small
        rows.append([f"/{name}", f"{small:.2f}", f"{large:.2f}", f"{ratio:.2f}", met(ratio, 1.5)])
    sizes = (f"{found[it]['rows']:,} rows, bare pages" for it in WORLDS)
    return [G8, "", *_rows(["page", *sizes, "ratio", "G8"], rows)]


def _files(found: dict[str, Any]) -> list[str]:
    if "export" not in found:
        return []
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
        words = f"{memory['of the export']} more than {memory['at start']} at the start"
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


#: The parts of an engine in the order of the document; the growth needs two of them.
SECTIONS: tuple[tuple[str, Callable[[dict[str, Any]], list[str]]], ...] = (
    ("large", _search),
    ("worklist", _worklist),
    ("growth", _growth),
    ("files", _files),
)
