"""Finds the people who have several orders, for the peers, who look for rows with the same keys.

The same rules as in Sources/Caseloads/Matches.
"""

import numpy as np


def components(keys: list[np.ndarray]) -> np.ndarray:
    """For each row the first of all rows that are one person with it, directly or through others.

    Rows with the same number in one of the `keys` are one person; zero stands for none.
    """
    people = np.arange(len(keys[0]))
    groups = []
    for key in keys:
        rows = np.flatnonzero(key)
        rows = rows[np.argsort(key[rows], kind="stable")]
        if rows.size:
            starts = np.flatnonzero(np.diff(key[rows], prepend=key[rows[0]] - 1))
            groups.append((rows, starts, np.diff(starts, append=rows.size)))
    while True:
        before = people.copy()
        for rows, starts, sizes in groups:
            people[rows] = np.repeat(np.minimum.reduceat(people[rows], starts), sizes)
        if np.array_equal(before, people):
            return people


def left_out(keys: list[np.ndarray], parts: list[np.ndarray], words) -> tuple[int, np.ndarray]:
    """How many people have several orders, and which rows are left out because of it.

    The earliest order is kept: the least in `parts`, and between equals the least in `words`,
    which is asked for the words of a few rows.
    """
    if not len(keys[0]):
        return 0, np.zeros(0, dtype=np.int64)
    people = components(keys)
    order = np.lexsort([*reversed(parts), people])
    sorted_people = people[order]
    is_first = np.diff(sorted_people, prepend=-1) != 0
    is_same = np.zeros(len(order), dtype=bool)
    is_same[1:] = ~is_first[1:]
    for part in parts:
        is_same[1:] &= part[order[1:]] == part[order[:-1]]
    # Orders that are equal to the first of their person.
    firsts = np.flatnonzero(is_first)
    for first in firsts[is_same[np.minimum(firsts + 1, len(order) - 1)]]:
        end = first + 1
        while end < len(order) and is_same[end]:
            end += 1
        tied = order[first:end].tolist()
        order[first:end] = sorted(tied, key=lambda row: words(row))
    sizes = np.diff(firsts, append=len(order))
    return int((sizes > 1).sum()), order[~is_first]
